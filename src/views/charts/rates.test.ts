import { describe, expect, it } from 'vitest'
import type { Series } from '../../trace/facts.ts'
import { indexAt, latencies, outcomeRates, roundAbove } from './rates.ts'

/** Two request types; outcome order ok, fallback, failed, rejected, timedOut. */
function seriesOf(buckets: number, bucketUs = 100_000): Series {
  const ones = () => Array.from({ length: buckets }, () => 1)
  const none = () => Array.from({ length: buckets }, () => 0)
  return {
    bucketUs,
    buckets,
    counts: [
      [ones(), none(), ones(), none(), ones()],
      [ones(), ones(), none(), none(), none()],
    ],
    p50: Array.from({ length: buckets }, (_, index) => (index === 1 ? Number.NaN : 10 + index)),
    p95: ones(),
    p99: ones(),
  }
}

describe('outcomeRates', () => {
  it('counts per second over all types; failed and timed out are one', () => {
    const rates = outcomeRates(seriesOf(30), 3_000_000)
    expect(rates.atUs.length).toBe(30)
    expect(rates.atUs.at(-1)).toBe(3_000_000)
    expect(rates.ok.at(-1)).toBeCloseTo(20)
    expect(rates.fallback.at(-1)).toBeCloseTo(10)
    expect(rates.failed.at(-1)).toBeCloseTo(20)
    expect(rates.rejected.at(-1)).toBe(0)
  })

  it('is true from the first bucket on', () => {
    expect(outcomeRates(seriesOf(30), 3_000_000).ok[0]).toBeCloseTo(20)
  })

  it('reaches to the present in the bucket still filling', () => {
    const series = seriesOf(30)
    for (const type of series.counts) for (const counts of type) counts[29]! *= 0.5
    const rates = outcomeRates(series, 2_950_000)
    expect(rates.atUs.at(-1)).toBe(2_950_000)
    expect(rates.ok.at(-1)).toBeCloseTo(20)
  })

  it('forgets what is older than a second', () => {
    const series = seriesOf(30)
    series.counts[0]![2] = Array.from({ length: 30 }, (_, index) => (index < 10 ? 5 : 0))
    series.counts[0]![4] = Array.from({ length: 30 }, () => 0)
    const { failed } = outcomeRates(series, 3_000_000)
    expect(failed[9]).toBeCloseTo(50)
    expect(failed[14]).toBeCloseTo(25)
    expect(failed[19]).toBeCloseTo(0)
  })

  it('thins what no screen can show and keeps the newest', () => {
    const { atUs, ok } = outcomeRates(seriesOf(10_000), 1e9)
    expect(atUs.length).toBeLessThanOrEqual(1_200)
    expect(atUs.at(-1)).toBe(1e9)
    expect(ok.every((value) => Math.abs(value - 20) < 1e-6)).toBe(true)
  })

  it('has nothing to say of an empty run', () => {
    expect(outcomeRates(seriesOf(0), 0).atUs).toEqual([])
  })
})

describe('latencies', () => {
  it('shows a gap where nothing was answered', () => {
    expect(latencies(seriesOf(3), 300_000).p50).toEqual([10, null, 12])
  })
})

describe('indexAt', () => {
  it('finds the last entry at or before a time', () => {
    expect(indexAt([10, 20, 30], 9)).toBe(-1)
    expect(indexAt([10, 20, 30], 10)).toBe(0)
    expect(indexAt([10, 20, 30], 29)).toBe(1)
    expect(indexAt([10, 20, 30], 99)).toBe(2)
  })
})

describe('roundAbove', () => {
  it.each([
    [0, 10, 10],
    [23.8, 10, 30],
    [28, 10, 30],
    [96, 10, 150],
    [1_990, 100, 3_000],
    [470, 100, 500],
    [1_000, 1, 1_500],
  ])('%d, at least %d, gives %d', (value, atLeast, expected) => {
    expect(roundAbove(value, atLeast)).toBeCloseTo(expected)
  })
})
