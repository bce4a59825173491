import type { Calls } from './calls.ts'

/** What a keyframe stores of the lines. */
export interface LinesState {
  head: Int32Array
  tail: Int32Array
  length: Int32Array
}

/** One first-come-first-served line of calls per node, linked through the call records themselves. */
export class WaitingLines {
  readonly #calls: Calls
  readonly #head: Int32Array
  readonly #tail: Int32Array
  readonly #length: Int32Array

  constructor(nodes: number, calls: Calls) {
    this.#calls = calls
    this.#head = new Int32Array(nodes).fill(-1)
    this.#tail = new Int32Array(nodes).fill(-1)
    this.#length = new Int32Array(nodes)
  }

  length(node: number): number {
    return this.#length[node]!
  }

  push(node: number, call: number): void {
    this.#calls.next[call] = -1
    const tail = this.#tail[node]!
    if (tail < 0) this.#head[node] = call
    else this.#calls.next[tail] = call
    this.#tail[node] = call
    this.#length[node] = this.#length[node]! + 1
  }

  /** The call that waited longest; −1 when none waits. */
  shift(node: number): number {
    const call = this.#head[node]!
    if (call < 0) return -1
    const next = this.#calls.next[call]!
    this.#head[node] = next
    if (next < 0) this.#tail[node] = -1
    this.#length[node] = this.#length[node]! - 1
    return call
  }

  save(): LinesState {
    return { head: this.#head.slice(), tail: this.#tail.slice(), length: this.#length.slice() }
  }

  restore(state: LinesState): void {
    this.#head.set(state.head)
    this.#tail.set(state.tail)
    this.#length.set(state.length)
  }
}
