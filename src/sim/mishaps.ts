import { NOBODY } from './calls.ts'
import type { Kernel } from './contract.ts'
import { RecordKind } from './record.ts'

/** What the network does to calls besides carrying them. */
export class Mishaps {
  readonly #kernel: Kernel

  constructor(kernel: Kernel) {
    this.#kernel = kernel
  }

  /** A call (`what` 0) or its answer (1) gets lost: whoever waits for it waits in vain. */
  lose(call: number, what: 0 | 1): void {
    const { calls, network } = this.#kernel
    const edge = calls.edge[call]!
    this.#kernel.record(RecordKind.lost, what === 1 ? calls.node[call]! : network.from[edge]!, call, edge, what, 0)
    calls.release(call)
  }

  /** The same call once more, not yet on its way. Nobody waits for it: its answer is late by construction. */
  copyOf(call: number, id: number): number {
    const { calls, network, nowUs } = this.#kernel
    const edge = calls.edge[call]!
    const copy = calls.openCall(edge, network.to[edge]!, call, id, nowUs)
    calls.parent[copy] = NOBODY
    this.#kernel.record(RecordKind.lost, network.from[edge]!, copy, edge, 2, 0)
    return copy
  }
}
