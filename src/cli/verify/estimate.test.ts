import { expect, test } from 'vitest'
import { createStream } from '../../base/prng.ts'
import { log } from '../../base/math.ts'
import { estimate } from './estimate.ts'
import { mean, meanCount, meanOf, moments, quantile, quantileOf, share, type Reading } from './readings.ts'

const REPLICATIONS = 40
const VALUES = 500

/** Replications of exponential values of mean 2. */
function exponentials(seed: number, replications = REPLICATIONS): Float64Array[] {
  const stream = createStream(seed, 'values')
  return Array.from({ length: replications }, () => Float64Array.from({ length: VALUES }, () => -2 * log(stream.nextUnit())))
}

test.each<[string, (values: Float64Array) => Reading, number, number]>([
  ['mean', meanOf, 2, 2],
  // The fourth central moment of an exponential is nine times its squared variance.
  ['variance', (values) => moments('variance', values), 4, Math.sqrt(8) * 4],
  ['deviation', (values) => moments('deviation', values), 2, Math.sqrt(8)],
  ['scv', (values) => moments('scv', values), 1, 2],
  ['median', (values) => quantile(values, 0.5), 2 * Math.LN2, 2],
  ['95th percentile', (values) => quantile(values, 0.95), 2 * Math.log(20), (2 * Math.sqrt(0.95 * 0.05)) / 0.05],
])('%s: the error it tells is the one it makes', (_name, read, truth, errorOfOne) => {
  const expectedError = errorOfOne / Math.sqrt(REPLICATIONS * VALUES)
  const away = Array.from({ length: 60 }, (_, index) => {
    const { value, error } = estimate(exponentials(index + 1).map(read), truth)
    // The spread of 40 replications is known to within a tenth or so.
    expect(error / expectedError).toBeGreaterThan(0.6)
    expect(error / expectedError).toBeLessThan(1.6)
    return (value - truth) / error
  })
  const spread = Math.sqrt(away.reduce((sum, z) => sum + z * z, 0) / away.length)
  expect(spread, 'standard errors away, on average').toBeGreaterThan(0.75)
  expect(spread, 'standard errors away, on average').toBeLessThan(1.3)
})

test('a share that no replication saw has the error of the expected one, not none', () => {
  const { value, error } = estimate(Array.from({ length: 20 }, () => share(0, 1_000)), 1e-4)
  expect(value).toBe(0)
  expect(error).toBeCloseTo(Math.sqrt((1e-4 * (1 - 1e-4)) / 20_000), 12)
})

test('whole numbers around 2.25 spread at least as if all were 2 or 3', () => {
  const { error } = estimate(Array.from({ length: 20 }, () => meanCount(225, 100)), 2.25)
  expect(error).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 2_000), 12)
})

test('replications of unequal size weigh as much as they hold', () => {
  const { value } = estimate([mean(10, 1), mean(0, 9), mean(5, 0), mean(5, 10)], 1)
  expect(value).toBe(1)
})

test('only cases of a condition are counted as occurrences', () => {
  expect(estimate([share(1, 12, true), share(2, 10, true)], 0.1).occurrences).toBe(22)
  expect(estimate([share(1, 12), share(2, 10)], 0.1).occurrences).toBe(Infinity)
})

test('quantiles are told by the key', () => {
  expect(['p50', 'sojourn_p999', 'makespan_p95_given_complete', 'P_wait', 'p', 'p0', 'mean'].map(quantileOf)).toEqual([0.5, 0.999, 0.95, undefined, undefined, undefined, undefined])
})
