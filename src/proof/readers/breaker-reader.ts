import type { BreakerEvent } from '../../export/project/index.ts'
import { Outcome, Reason, RecordKind, recordTimeUs } from '../../sim/record.ts'
import type { Reader } from './reader.ts'

const US_PER_MS = 1_000

/**
 * Reads the trace for one breaker: what happened there, in the order in which it did. It answers its own caller in the moment in
 * which an answer reaches it.
 */
export class BreakerReader implements Reader {
  readonly events: BreakerEvent[] = []
  readonly #node: number
  /** By the call that asked: the number of the event, and by the call that was made: that it failed. */
  readonly #numbers = new Map<number, number>()
  readonly #asked = new Map<number, number>()
  readonly #failed = new Set<number>()
  readonly #made = new Map<number, number>()
  #count = 0

  constructor(node: number) {
    this.#node = node
  }

  add(words: Int32Array, at: number): void {
    const kind = words[at + 2]! & 0xff
    const node = words[at + 2]! >>> 8
    const call = words[at + 4]!
    const atMs = recordTimeUs(words, at) / US_PER_MS
    if (kind === RecordKind.call && node === this.#node) {
      const asking = words[at + 7]!
      this.#numbers.set(asking, this.#ask(atMs))
      this.#asked.set(call, asking)
      this.#made.set(asking, call)
    } else if (kind === RecordKind.reply && this.#asked.has(call)) {
      if ((words[at + 6]! & 0xff) > Outcome.fallback) this.#failed.add(call)
    } else if (kind === RecordKind.reply && node === this.#node) this.#answered(call, atMs, (words[at + 6]! >>> 8) & 0xff)
  }

  #ask(atMs: number): number {
    this.#count += 1
    this.events.push({ atMs, what: 'call', call: this.#count })
    return this.#count
  }

  #answered(call: number, atMs: number, reason: number): void {
    const number = this.#numbers.get(call)
    if (number !== undefined) {
      const made = this.#made.get(call) ?? 0
      this.events.push({ atMs, what: this.#failed.has(made) ? 'failed' : 'done', call: number })
      this.#numbers.delete(call)
      this.#asked.delete(made)
      this.#failed.delete(made)
      this.#made.delete(call)
    } else if (reason === Reason.breakerOpen) this.#ask(atMs)
  }
}
