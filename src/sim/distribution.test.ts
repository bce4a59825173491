import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStream } from '../base/prng.ts'
import { mean, percentileOfSorted, standardError } from '../base/stats.ts'
import { createSampler, type Distribution } from './distribution.ts'
import { holds } from './testing/property.ts'

function sample(distribution: Distribution, count: number): number[] {
  const sampler = createSampler(distribution)
  const stream = createStream(11, distribution.type)
  return Array.from({ length: count }, () => sampler.sampleUs(stream))
}

const SHAPES: Distribution[] = [
  { type: 'constant', ms: 12.5 },
  { type: 'exponential', meanMs: 40 },
  { type: 'log-normal', p50Ms: 40, p99Ms: 120 },
  { type: 'erlang', stages: 4, meanMs: 25 },
  { type: 'hyperexponential', firstPercent: 90, firstMeanMs: 10, secondMeanMs: 200 },
  { type: 'uniform', minMs: 5, maxMs: 30 },
  { type: 'empirical', valuesMs: [1, 2, 30] },
]

test.each(SHAPES)('$type: the mean it promises is the mean it draws', (shape) => {
  const values = sample(shape, 20_000)
  const promised = createSampler(shape).meanMs * 1_000
  expect(Math.abs(mean(values) - promised)).toBeLessThanOrEqual(4 * standardError(values) + 0.5)
})

test.each<[string, Distribution, (ms: number) => number]>([
  ['exponential', { type: 'exponential', meanMs: 40 }, (ms) => 1 - Math.exp(-ms / 40)],
  ['erlang', { type: 'erlang', stages: 2, meanMs: 40 }, (ms) => 1 - Math.exp(-ms / 20) * (1 + ms / 20)],
  ['uniform', { type: 'uniform', minMs: 5, maxMs: 30 }, (ms) => (ms - 5) / 25],
  [
    'hyperexponential',
    { type: 'hyperexponential', firstPercent: 30, firstMeanMs: 10, secondMeanMs: 90 },
    (ms) => 1 - 0.3 * Math.exp(-ms / 10) - 0.7 * Math.exp(-ms / 90),
  ],
])('%s: has the right shape (Kolmogorov–Smirnov, 1 in 1,000)', (_name, shape, cdf) => {
  const sorted = sample(shape, 10_000).toSorted((left, right) => left - right)
  const distance = sorted.reduce((most, us, index) => {
    const p = cdf(us / 1_000)
    return Math.max(most, Math.abs(p - index / sorted.length), Math.abs(p - (index + 1) / sorted.length))
  }, 0)
  expect(distance).toBeLessThan(1.95 / Math.sqrt(sorted.length))
})

test('log-normal: half below p50, 99 % below p99', () => {
  const sorted = sample({ type: 'log-normal', p50Ms: 120, p99Ms: 350 }, 40_000).toSorted((left, right) => left - right)
  const below = (ms: number): number => sorted.filter((us) => us <= ms * 1_000).length / sorted.length
  expect(Math.abs(below(120) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / sorted.length))
  expect(Math.abs(below(350) - 0.99)).toBeLessThan(4 * Math.sqrt(0.0099 / sorted.length))
  expect(percentileOfSorted(sorted, 50) / 1_000).toBeCloseTo(120, -1)
})

test('log-normal with p99 at p50 is constant', () => {
  expect(createSampler({ type: 'log-normal', p50Ms: 7, p99Ms: 7 }).constantUs).toBe(7_000)
})

test('empirical: each value as likely as the next, and nothing else', () => {
  const values = sample({ type: 'empirical', valuesMs: [1, 2, 2, 30] }, 8_000)
  const share = (ms: number): number => values.filter((us) => us === ms * 1_000).length / values.length
  expect([share(1), share(2), share(30)].map((value) => Math.round(value * 20) / 20)).toEqual([0.25, 0.5, 0.25])
  expect(share(1) + share(2) + share(30)).toBe(1)
})

const ms = fc.double({ min: 0.001, max: 86_400_000, noNaN: true })
const anyShape: fc.Arbitrary<Distribution> = fc.oneof(
  fc.record({ type: fc.constant('constant' as const), ms }),
  fc.record({ type: fc.constant('exponential' as const), meanMs: ms }),
  fc.tuple(ms, ms).map(([a, b]): Distribution => ({ type: 'log-normal', p50Ms: Math.min(a, b), p99Ms: Math.max(a, b) })),
  fc.record({ type: fc.constant('erlang' as const), stages: fc.integer({ min: 1, max: 100 }), meanMs: ms }),
  fc.record({ type: fc.constant('hyperexponential' as const), firstPercent: fc.integer({ min: 0, max: 100 }), firstMeanMs: ms, secondMeanMs: ms }),
  fc.tuple(ms, ms).map(([a, b]): Distribution => ({ type: 'uniform', minMs: Math.min(a, b), maxMs: Math.max(a, b) })),
  fc.record({ type: fc.constant('empirical' as const), valuesMs: fc.array(ms, { minLength: 1, maxLength: 5 }) }),
)

test('whatever the numbers, a draw is a whole number of microseconds, 0 or more, the same for the same stream', () => {
  holds(
    fc.property(anyShape, fc.maxSafeInteger(), (shape, seed) => {
      const sampler = createSampler(shape)
      const [stream, twin] = [createStream(seed, 'x'), createStream(seed, 'x')]
      for (let draw = 0; draw < 20; draw += 1) {
        const us = sampler.sampleUs(stream)
        if (!(us >= 0 && Number.isFinite(us) && Math.floor(us) === us)) expect.fail(`drew ${us}`)
        if (sampler.constantUs !== undefined && us !== sampler.constantUs) expect.fail('a constant varies')
        if (us !== sampler.sampleUs(twin)) expect.fail('differs from the twin')
      }
    }),
    { runs: 300 },
  )
})
