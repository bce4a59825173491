import { mean, standardError } from '../../base/stats.ts'
import type { MeanReading, MomentsReading, QuantileReading, Reading } from './readings.ts'

/** What replications come to, to be compared with a number from theory. */
export interface Estimate {
  value: number
  /** Standard error of `value`, from the spread between replications. */
  error: number
  /** Cases it rests on, when they are cases of a condition; else Infinity. */
  occurrences: number
}

/** Puts the replications of one figure together. `expected` is what theory says of it. */
export function estimate(readings: readonly Reading[], expected: number): Estimate {
  const first = readings[0]
  switch (first?.type) {
    case 'mean':
      return estimateMean(readings as readonly MeanReading[], expected)
    case 'deviation':
    case 'variance':
    case 'scv':
      return estimateMoments(readings as readonly MomentsReading[])
    case 'quantile':
      return estimateQuantile(readings as readonly QuantileReading[])
    case 'largest':
      return { value: Math.max(...readings.map((reading) => (reading.type === 'largest' ? reading.value : NaN))), error: 0, occurrences: Infinity }
    case undefined:
      return { value: NaN, error: NaN, occurrences: 0 }
  }
}

/** Sum of all over count of all; the error is that of a ratio of two means. */
function estimateMean(readings: readonly MeanReading[], expected: number): Estimate {
  const count = total(readings.map((reading) => reading.count))
  const value = total(readings.map((reading) => reading.sum)) / count
  const spread = errorOfTotal(readings.map((reading) => reading.sum - value * reading.count)) / count
  const isWhole = readings.every((reading) => reading.isWhole === true)
  const error = isWhole ? Math.max(spread, leastError(expected, count)) : spread
  return { value, error, occurrences: occurrencesOf(readings, count) }
}

/**
 * Whole numbers that are `expected` in the mean spread at least this much: as if all were one of the two next to it. For a
 * share that is √(p(1−p)/n). It tells how sure a rare event can be that did not happen in any replication.
 */
function leastError(expected: number, count: number): number {
  const part = expected - Math.floor(expected)
  return Math.sqrt((part * (1 - part)) / count)
}

/** Standard deviation, variance, or variance over squared mean. The error is that of the figure made linear. */
function estimateMoments(readings: readonly MomentsReading[]): Estimate {
  const count = total(readings.map((reading) => reading.count))
  const first = total(readings.map((reading) => reading.sum)) / count
  const variance = total(readings.map((reading) => reading.squares)) / count - first * first
  const varianceErrors = readings.map((one) => one.squares - 2 * first * one.sum + (first * first - variance) * one.count)
  const occurrences = occurrencesOf(readings, count)
  const type = readings[0]?.type
  if (type === 'variance') return { value: variance, error: errorOfTotal(varianceErrors) / count, occurrences }
  if (type === 'deviation') {
    const value = Math.sqrt(variance)
    return { value, error: errorOfTotal(varianceErrors) / count / (2 * value), occurrences }
  }
  const value = variance / (first * first)
  const errors = readings.map((one, index) => varianceErrors[index]! / (first * first) - ((2 * value) / first) * (one.sum - first * one.count))
  return { value, error: errorOfTotal(errors) / count, occurrences }
}

/**
 * A percentile of all values pooled, because quantiles of single replications are biased. Its error is that of the share of
 * values up to it, read off as times on both sides: half the way between the values with one standard error less and more below.
 */
function estimateQuantile(readings: readonly QuantileReading[]): Estimate {
  const q = readings[0]?.q ?? NaN
  const pooled = new Float64Array(total(readings.map(({ values }) => values.length)))
  let at = 0
  for (const { values } of readings) {
    pooled.set(values, at)
    at += values.length
  }
  pooled.sort()
  const value = atRank(pooled, q)
  const below = readings.map(({ values }) => values.reduce((count, one) => (one <= value ? count + 1 : count), 0) - q * values.length)
  const shareError = Math.max(errorOfTotal(below) / pooled.length, Math.sqrt((q * (1 - q)) / pooled.length))
  const error = (atRank(pooled, q + shareError) - atRank(pooled, q - shareError)) / 2
  return { value, error, occurrences: occurrencesOf(readings, pooled.length) }
}

function atRank(sorted: Float64Array, q: number): number {
  return sorted[Math.min(sorted.length, Math.max(1, Math.ceil(q * sorted.length))) - 1] ?? NaN
}

function occurrencesOf(readings: readonly { isConditional?: boolean }[], count: number): number {
  return readings.some(({ isConditional }) => isConditional === true) ? count : Infinity
}

function total(values: readonly number[]): number {
  return mean(values) * values.length
}

/** Standard error of a sum of independent values. */
function errorOfTotal(values: readonly number[]): number {
  return standardError(values) * values.length
}
