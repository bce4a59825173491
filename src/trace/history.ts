import { US_PER_MS, US_PER_SECOND } from '../base/time.ts'
import { percentileOfSorted } from '../base/stats.ts'
import { OUTCOME_NAMES, Outcome, RECORD_WORDS, recordElapsedUs, RecordKind, recordTimeUs } from '../sim/record.ts'
import type { Series, Transition } from './facts.ts'

/** Turns the numbers of a transition record into names and a reason. */
export type NameTransition = (node: number, from: number, to: number, signal: number, evidence: number) => Pick<
  Transition,
  'node' | 'from' | 'to' | 'signal' | 'evidence' | 'why'
>

const BUCKETS_MAX = 2_400
const BUCKET_US_MIN = 250 * US_PER_MS

/** The bucket width for a run of this length: a quarter of a second, or more for runs beyond ten minutes. */
export function bucketUsFor(durationUs: number): number {
  return Math.max(BUCKET_US_MIN, Math.ceil(durationUs / BUCKETS_MAX / BUCKET_US_MIN) * BUCKET_US_MIN)
}

/**
 * What happened so far, up to the furthest time computed: changes of state and what clients got, bucket by bucket. Records
 * are counted, so feeding the same stretch twice (after a jump back) changes nothing.
 */
export class RunHistory {
  readonly transitions: Transition[] = []
  /** Records taken in. */
  count = 0
  /** Raised whenever the series changed. */
  version = 0
  readonly #series: Series
  readonly #name: NameTransition
  /** Latencies of the buckets that the next percentile still needs, newest last. */
  readonly #recent: number[][] = []

  constructor(requestTypes: number, bucketUs: number, name: NameTransition) {
    const counts = Array.from({ length: requestTypes }, () => OUTCOME_NAMES.map((): number[] => []))
    this.#series = { bucketUs, buckets: 0, counts, p50: [], p95: [], p99: [] }
    this.#name = name
  }

  /** Takes in records, the first of which has index `first` in the run. */
  add(first: number, words: Int32Array): void {
    const records = words.length / RECORD_WORDS
    for (let index = Math.max(0, this.count - first); index < records; index += 1) {
      const at = index * RECORD_WORDS
      const kind = words[at + 2]! & 0xff
      if (kind === RecordKind.result) this.#addResult(words, at)
      else if (kind === RecordKind.transition) this.#addTransition(words, at, first + index)
    }
    this.count = Math.max(this.count, first + records)
  }

  /** The series up to `nowUs`; the last bucket is the one being filled. */
  series(nowUs: number): Series {
    this.#openBucket(nowUs)
    this.#closePercentiles()
    return this.#series
  }

  #addTransition(words: Int32Array, at: number, index: number): void {
    const node = words[at + 2]! >>> 8
    const states = words[at + 5]!
    const named = this.#name(node, states & 0xffff, states >>> 16, words[at + 6]!, words[at + 7]!)
    this.transitions.push({ index, atUs: recordTimeUs(words, at), request: words[at + 3]!, call: words[at + 4]!, ...named })
  }

  #addResult(words: Int32Array, at: number): void {
    const outcome = words[at + 6]! & 0xff
    const bucket = this.#openBucket(recordTimeUs(words, at))
    const counts = this.#series.counts[words[at + 5]!]?.[outcome]
    if (counts) counts[bucket] = (counts[bucket] ?? 0) + 1
    if (outcome === Outcome.ok || outcome === Outcome.fallback) this.#recent.at(-1)?.push(recordElapsedUs(words, at) / US_PER_MS)
    this.version += 1
  }

  #openBucket(timeUs: number): number {
    const { bucketUs, counts } = this.#series
    const bucket = Math.floor(timeUs / bucketUs)
    while (this.#series.buckets <= bucket) {
      if (this.#series.buckets > 0) this.#closePercentiles()
      this.#series.buckets += 1
      this.version += 1
      for (const byOutcome of counts) for (const column of byOutcome) column.push(0)
      this.#recent.push([])
      const kept = Math.max(1, Math.round(US_PER_SECOND / bucketUs))
      if (this.#recent.length > kept) this.#recent.shift()
    }
    return bucket
  }

  #closePercentiles(): void {
    const bucket = this.#series.buckets - 1
    const sorted = this.#recent.flat().toSorted((left, right) => left - right)
    this.#series.p50[bucket] = percentileOfSorted(sorted, 50)
    this.#series.p95[bucket] = percentileOfSorted(sorted, 95)
    this.#series.p99[bucket] = percentileOfSorted(sorted, 99)
  }
}
