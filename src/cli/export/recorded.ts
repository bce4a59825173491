import type { BreakerEvent, RecordedRun } from '../../export/project/index.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import { runBlueprint } from '../../player/run.ts'
import { Outcome, Reason, RECORD_WORDS, RecordKind } from '../../sim/record.ts'

const WORD = 0x1_0000_0000
const US_PER_MS = 1_000

/** Runs the blueprint and keeps what happened at each of its breakers, in the order in which it happened there. */
export function recordRun(blueprint: Blueprint): RecordedRun {
  const breakers = blueprint.nodes.filter(({ kind, bypassed }) => kind === 'circuit-breaker' && !bypassed).map(({ id }) => id)
  const readers = new Map<number, BreakerReader>()
  const batches: Int32Array[] = []
  const { names } = runBlueprint(blueprint, { keepTrace: false, onRecords: (words) => batches.push(words) })
  for (const id of breakers) readers.set(names.nodes.indexOf(id), new BreakerReader(names.nodes.indexOf(id)))
  for (const words of batches) {
    for (let at = 0; at < words.length; at += RECORD_WORDS) for (const reader of readers.values()) reader.add(words, at)
  }
  return { breakers: Object.fromEntries([...readers].map(([node, { events }]) => [names.nodes[node] ?? '', events])) }
}

/** Reads the trace for one breaker. It answers its own caller in the moment in which an answer reaches it. */
class BreakerReader {
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
    const atMs = ((words[at]! >>> 0) + words[at + 1]! * WORD) / US_PER_MS
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
