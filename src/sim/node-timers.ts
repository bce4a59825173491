import { assert } from '../base/assert.ts'
import type { EventQueue } from './event-queue.ts'

/**
 * Timers that belong to a node rather than to a call: of each node first its tick, then its machine's delayed transitions.
 * In the queue timer n is the target −1 − n.
 */
export class NodeTimers {
  readonly #queue: EventQueue
  readonly #base: number[] = []
  readonly #owner: number[] = []
  #tokens = new Int32Array(16)

  constructor(queue: EventQueue) {
    this.#queue = queue
  }

  /** Reserves a node's tick and as many machine timers. Called once per node, in order. */
  claim(node: number, machineTimers: number): void {
    assert(this.#base.length === node, 'nodes claim their timers in order')
    this.#base.push(this.#owner.length)
    for (let timer = 0; timer <= machineTimers; timer += 1) this.#owner.push(node)
    while (this.#tokens.length < this.#owner.length) {
      const wider = new Int32Array(this.#tokens.length * 2)
      wider.set(this.#tokens)
      this.#tokens = wider
    }
  }

  /** (Re)starts a node's timer: 0 is the tick, n + 1 the machine's timer n. */
  start(node: number, timer: number, nowUs: number, delayUs: number): void {
    const id = this.#base[node]! + timer
    const token = (this.#tokens[id]! + 1) | 0
    this.#tokens[id] = token
    this.#queue.push(nowUs + delayUs, -1 - id, token)
  }

  cancel(node: number, timer: number): void {
    const id = this.#base[node]! + timer
    this.#tokens[id] = (this.#tokens[id]! + 1) | 0
  }

  /** The token that a scheduled item for this target must carry to count. */
  tokenOf(target: number): number {
    return this.#tokens[-1 - target]!
  }

  nodeOf(target: number): number {
    return this.#owner[-1 - target]!
  }

  /** Which of its node's timers this target is: 0 the tick, n + 1 the machine's timer n. */
  timerOf(target: number): number {
    return -1 - target - this.#base[this.nodeOf(target)]!
  }

  save(): Int32Array {
    return this.#tokens.slice()
  }

  restore(tokens: Int32Array): void {
    this.#tokens.set(tokens)
  }
}
