import { Outcome } from '../../sim/record.ts'
import type { Series } from '../../trace/facts.ts'

/** More points than this cannot be told apart on a screen. */
const POINTS_MAX = 1_200
const WINDOW_US = 1_000_000

/** What clients got, per second, over the second before each time. All arrays have one entry per time. */
export interface Rates {
  atUs: number[]
  ok: number[]
  fallback: number[]
  /** Refused on the spot. */
  rejected: number[]
  /** Failed, or given up waiting. */
  failed: number[]
}

/** Latency in milliseconds by time; null where nothing was answered. */
export interface Latencies {
  atUs: number[]
  p50: (number | null)[]
  p95: (number | null)[]
  p99: (number | null)[]
}

/** Rates over a trailing second, all request types together; what is shorter, at the start and in the bucket still filling, is scaled up. */
export function outcomeRates(series: Series, headUs: number): Rates {
  const buckets = chosenBuckets(series, headUs)
  const windowBuckets = Math.max(1, Math.round(WINDOW_US / series.bucketUs))
  const rate = (...outcomes: number[]) => {
    const sums = prefixSums(series, outcomes)
    return buckets.map((bucket) => {
      const from = Math.max(0, bucket + 1 - windowBuckets)
      const seconds = (endOf(series, bucket, headUs) - from * series.bucketUs) / 1e6
      return ((sums[bucket + 1] ?? 0) - (sums[from] ?? 0)) / seconds
    })
  }
  return {
    atUs: buckets.map((bucket) => endOf(series, bucket, headUs)),
    ok: rate(Outcome.ok),
    fallback: rate(Outcome.fallback),
    rejected: rate(Outcome.rejected),
    failed: rate(Outcome.failed, Outcome.timedOut),
  }
}

/** Latency percentiles at the same times as {@link outcomeRates}. */
export function latencies(series: Series, headUs: number): Latencies {
  const buckets = chosenBuckets(series, headUs)
  const pick = (values: readonly number[]) =>
    buckets.map((bucket) => {
      const value = values[bucket]
      return value === undefined || Number.isNaN(value) ? null : value
    })
  return {
    atUs: buckets.map((bucket) => endOf(series, bucket, headUs)),
    p50: pick(series.p50),
    p95: pick(series.p95),
    p99: pick(series.p99),
  }
}

/** The buckets worth drawing and where each ends. */
export function bucketEnds(series: Series, headUs: number): { buckets: number[]; atUs: number[] } {
  const buckets = chosenBuckets(series, headUs)
  return { buckets, atUs: buckets.map((bucket) => endOf(series, bucket, headUs)) }
}

/** Index of the last entry at or before a time; -1 when there is none. Times are in order. */
export function indexAt(atUs: readonly number[], us: number): number {
  let low = 0
  let high = atUs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((atUs[middle] ?? Infinity) <= us) low = middle + 1
    else high = middle
  }
  return low - 1
}

const ROUND = [1, 1.5, 2, 3, 4, 5, 6, 8, 10]

/** The end of a vertical axis that holds `value` with some air: a round number, at least `atLeast`. */
export function roundAbove(value: number, atLeast: number): number {
  const wanted = Math.max(atLeast, value * 1.05)
  const power = 10 ** Math.floor(Math.log10(wanted))
  const round = ROUND.find((candidate) => candidate * power >= wanted - power * 1e-9) ?? 10
  return round * power
}

/** Buckets that have begun, thinned to what a screen can show; the newest is always among them. */
function chosenBuckets(series: Series, headUs: number): number[] {
  const begun = Math.min(series.buckets, Math.ceil(headUs / series.bucketUs))
  const stride = Math.max(1, Math.ceil(begun / POINTS_MAX))
  const chosen: number[] = []
  for (let bucket = (begun - 1) % stride; bucket >= 0 && bucket < begun; bucket += stride) chosen.push(bucket)
  return chosen
}

/** The last bucket ends where the run is now. */
function endOf(series: Series, bucket: number, headUs: number): number {
  return Math.min(headUs, (bucket + 1) * series.bucketUs)
}

/** `sums[i]`: how many requests ended in one of the outcomes before bucket i. */
function prefixSums(series: Series, outcomes: readonly number[]): number[] {
  const sums = [0]
  for (let bucket = 0; bucket < series.buckets; bucket += 1) {
    let count = 0
    for (const type of series.counts) for (const outcome of outcomes) count += type[outcome]?.[bucket] ?? 0
    sums.push((sums[bucket] ?? 0) + count)
  }
  return sums
}
