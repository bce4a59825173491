import { US_PER_SECOND } from '../../base/time.ts'

/** Counts over a set of finished calls. `slowFailed` are in `failed` and in `slow`. */
export interface CallTotals {
  readonly calls: number
  readonly failed: number
  readonly slow: number
  readonly slowFailed: number
}

/** The last `size` calls. Size 0 keeps nothing. */
export interface CountWindow extends CallTotals {
  readonly type: 'COUNT_BASED'
  readonly size: number
  /** Where the next call goes. */
  readonly next: number
  /** A ring of results, {@link RESULTS_PER_WORD} to a number: bit 0 of each says failed, bit 1 slow. */
  readonly ring: readonly number[]
}

/** The calls that finished in one second of simulated time, counted from 0. */
export interface SecondBucket extends CallTotals {
  readonly second: number
}

/** The calls of the present second and of the `size - 1` before it. Totals are those of the last call recorded. */
export interface TimeWindow extends CallTotals {
  readonly type: 'TIME_BASED'
  readonly size: number
  /** Oldest first; a second without calls has none. */
  readonly buckets: readonly SecondBucket[]
}

/** What a breaker remembers of finished calls. Plain data, never changed: recording gives a new one. */
export type CallWindow = CountWindow | TimeWindow

/** Kind and size of a window, calls or seconds. */
export interface WindowShape {
  readonly type: CallWindow['type']
  readonly size: number
}

const NO_CALLS: CallTotals = { calls: 0, failed: 0, slow: 0, slowFailed: 0 }
/** 16 bits: small enough to stay an unboxed integer in every engine. A power of two, so dividing by it is a shift. */
const RESULTS_PER_WORD = 8
const WORD_SHIFT = 3

export function emptyWindow({ type, size }: WindowShape): CallWindow {
  if (type === 'TIME_BASED') return { type, size, ...NO_CALLS, buckets: [] }
  return { type, size, ...NO_CALLS, next: 0, ring: Array.from({ length: Math.ceil(size / RESULTS_PER_WORD) }, () => 0) }
}

/** The window after one more call, which pushes out the oldest (count) or whatever is too old by now (time). */
export function recordCall(window: CallWindow, isFailed: boolean, isSlow: boolean, nowUs: number): CallWindow {
  const result = (isFailed ? 1 : 0) | (isSlow ? 2 : 0)
  return window.type === 'COUNT_BASED' ? recordInRing(window, result) : recordInSecond(window, result, nowUs)
}

/** The window as it reads at `nowUs`: a time window loses seconds by itself, a count window never changes. */
export function windowAt(window: CallWindow, nowUs: number): CallWindow {
  return window.type === 'COUNT_BASED' ? window : withoutOldSeconds(window, secondOf(nowUs))
}

/** `count` in percent of `calls`, in 32-bit arithmetic as resilience4j computes it: 1 of 3 is 33.333332. */
export function ratePercent(count: number, calls: number): number {
  return Math.fround(Math.fround(count * 100) / Math.fround(calls))
}

/** Calls a window must hold before its rates count. resilience4j lowers the minimum to the size, for count windows only. */
export function minimumCalls({ type, size }: WindowShape, minimumNumberOfCalls: number): number {
  return type === 'COUNT_BASED' ? Math.min(minimumNumberOfCalls, size) : minimumNumberOfCalls
}

/** Results in a count window, oldest first: bit 0 failed, bit 1 slow. */
export function ringResults(window: CountWindow): number[] {
  const first = window.calls < window.size ? 0 : window.next
  return Array.from({ length: window.calls }, (_, index) => resultAt(window, (first + index) % window.size))
}

function resultAt({ ring }: CountWindow, index: number): number {
  return (ring[index >> WORD_SHIFT]! >>> shiftOf(index)) & 3
}

function shiftOf(index: number): number {
  return (index & (RESULTS_PER_WORD - 1)) << 1
}

function recordInRing(window: CountWindow, result: number): CountWindow {
  const { size, calls, next, failed, slow, slowFailed } = window
  if (size === 0) return window
  // A place not yet used reads 0, ok and fast, so it pushes out nothing.
  const old = resultAt(window, next)
  const ring = window.ring.slice()
  ring[next >> WORD_SHIFT]! ^= (old ^ result) << shiftOf(next)
  return {
    type: 'COUNT_BASED',
    size,
    calls: calls < size ? calls + 1 : size,
    failed: failed + (result & 1) - (old & 1),
    slow: slow + (result >> 1) - (old >> 1),
    slowFailed: slowFailed + (result === 3 ? 1 : 0) - (old === 3 ? 1 : 0),
    next: next + 1 === size ? 0 : next + 1,
    ring,
  }
}

function recordInSecond(window: TimeWindow, result: number, nowUs: number): TimeWindow {
  const second = secondOf(nowUs)
  const current = withoutOldSeconds(window, second)
  const last = current.buckets.at(-1)
  const buckets =
    last?.second === second
      ? current.buckets.with(current.buckets.length - 1, { second, ...plusCall(last, result) })
      : [...current.buckets, { second, ...plusCall(NO_CALLS, result) }]
  return { type: 'TIME_BASED', size: window.size, ...plusCall(current, result), buckets }
}

function plusCall({ calls, failed, slow, slowFailed }: CallTotals, result: number): CallTotals {
  return {
    calls: calls + 1,
    failed: failed + (result & 1),
    slow: slow + (result >> 1),
    slowFailed: slowFailed + (result === 3 ? 1 : 0),
  }
}

function withoutOldSeconds(window: TimeWindow, second: number): TimeWindow {
  const { size, buckets } = window
  const oldest = second - size + 1
  if (buckets.length === 0 || buckets[0]!.second >= oldest) return window
  const kept = buckets.filter((bucket) => bucket.second >= oldest)
  return { type: 'TIME_BASED', size, ...kept.reduce(sumOf, NO_CALLS), buckets: kept }
}

function sumOf(a: CallTotals, b: CallTotals): CallTotals {
  return {
    calls: a.calls + b.calls,
    failed: a.failed + b.failed,
    slow: a.slow + b.slow,
    slowFailed: a.slowFailed + b.slowFailed,
  }
}

function secondOf(timeUs: number): number {
  return Math.floor(timeUs / US_PER_SECOND)
}
