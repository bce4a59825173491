import type { ObservedChart, Observer, Violation } from '../patterns/pattern.ts'
import { RECORD_WORDS } from '../sim/record.ts'

const VIOLATIONS_MAX = 1_000

/** Whatever observers say at the end of a run: `{ sagas: { started: 12, … } }`. */
export type ObservedCounts = Readonly<Record<string, Readonly<Record<string, number>>>>

/** The observers of a run, by node; feeds them every record once, also when a stretch is read again after a jump back. */
export class Observers {
  readonly #byNode: readonly (Observer | undefined)[]
  readonly #all: readonly Observer[]
  #count = 0
  /** Raised whenever observers were told something. */
  version = 0

  /** @param byNode one per node of the engine, undefined where the kind has none. */
  constructor(byNode: readonly (Observer | undefined)[]) {
    this.#byNode = byNode
    this.#all = byNode.filter((observer) => observer !== undefined)
  }

  /** Takes in records, the first of which has index `first` in the run. */
  add(first: number, words: Int32Array): void {
    const records = words.length / RECORD_WORDS
    const from = Math.max(0, this.#count - first)
    this.#count = Math.max(this.#count, first + records)
    if (from < records && this.#all.length > 0) this.version += 1
    for (const observer of this.#all) {
      for (let index = from; index < records; index += 1) observer.add(words, index * RECORD_WORDS)
    }
  }

  facts(node: number, nowUs: number, watched: number): unknown {
    return this.#byNode[node]?.facts(nowUs, watched)
  }

  /** All violations so far in order of time, the first thousand. */
  violations(): Violation[] {
    const all = this.#all.flatMap((observer) => observer.violations())
    return all.toSorted((left, right) => left.atUs - right.atUs).slice(0, VIOLATIONS_MAX)
  }

  /** Requests to which something happened that must not be. */
  violatedRequests(): Set<number> {
    return new Set(this.#all.flatMap((observer) => observer.violations()).map(({ request }) => request))
  }

  charts(nowUs: number): ObservedChart[] {
    return this.#all.flatMap((observer) => observer.charts?.(nowUs) ?? [])
  }

  /** What all of them counted: sums, and of what is called `…Ms` the largest. */
  summary(nowUs: number): ObservedCounts {
    const sums: Record<string, Record<string, number>> = {}
    for (const observer of this.#all) {
      const { name, counts } = observer.summary(nowUs)
      const sum = (sums[name] ??= {})
      for (const [key, value] of Object.entries(counts)) sum[key] = key.endsWith('Ms') ? Math.max(sum[key] ?? 0, value) : (sum[key] ?? 0) + value
    }
    return sums
  }
}
