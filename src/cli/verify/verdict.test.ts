import { expect, test } from 'vitest'
import type { Expectation } from './oracles.ts'
import { mean, share, type Reading } from './readings.ts'
import { isFailure, judge, unsupported, verdictLine } from './verdict.ts'

/** Means around 10 with a standard error of 0.1. */
const around10: Reading[] = Array.from({ length: 40 }, (_, index) => mean(10 + Math.sqrt(0.39) * (index % 2 === 0 ? 1 : -1), 1))

function line(expectation: Expectation, readings: readonly Reading[]): string {
  return verdictLine('some-oracle', judge(expectation, readings))
}

test.each<[string, Expectation, readonly Reading[]]>([
  ['PASS some-oracle W expected=9.66 got=10 se=0.1 z=3.40', { key: 'W', value: 9.66 }, around10],
  ['FAIL some-oracle W expected=9.64 got=10 se=0.1 z=3.60', { key: 'W', value: 9.64 }, around10],
  ['FAIL some-oracle W expected=10.36 got=10 se=0.1 z=-3.60', { key: 'W', value: 10.36 }, around10],
  // Nothing seen of something rare is as it should be; of something common it is not.
  ['PASS some-oracle P.0.2 expected=0.0001 got=0 se=0.0001 z=-1.00', { key: 'P.0.2', value: 1e-4 }, Array.from({ length: 20 }, () => share(0, 500))],
  ['FAIL some-oracle P expected=0.01 got=0 se=0.000995 z=-10.05', { key: 'P', value: 0.01 }, Array.from({ length: 20 }, () => share(0, 500))],
  ['PASS some-oracle P expected=1 got=1 se=0 z=0.00', { key: 'P', value: 1 }, Array.from({ length: 20 }, () => share(500, 500))],
  ['FAIL some-oracle P expected=0 got=0.002 se=0 z=Infinity', { key: 'P', value: 0 }, Array.from({ length: 20 }, () => share(1, 500))],
  ['FAIL some-oracle W expected=1 got=- se=- z=-', { key: 'W', value: 1 }, Array.from({ length: 20 }, () => mean(0, 0))],
  ['PASS some-oracle most expected=1e-9 got=0 se=0 z=0.00', { key: 'most', value: 1e-9 }, [{ type: 'largest', value: 0 }]],
  ['FAIL some-oracle most expected=1e-9 got=0.5 se=0 z=0.00', { key: 'most', value: 1e-9 }, [{ type: 'largest', value: 0 }, { type: 'largest', value: 0.5 }]],
])('%s', (expected, expectation, readings) => {
  expect(line(expectation, readings)).toBe(expected)
})

test('fewer than thirty cases of a condition are no evidence; of all cases they are', () => {
  const few = Array.from({ length: 29 }, () => share(1, 1, true))
  expect(line({ key: 'P_given', value: 0.5 }, few)).toBe('SKIPPED some-oracle P_given expected=0.5 got=1 se=0.0928 z=- reason="only 29 cases, 30 are needed"')
  expect(judge({ key: 'P_given', value: 0.5 }, [...few, share(1, 1, true)]).word).toBe('FAIL')
  expect(judge({ key: 'P', value: 0.5 }, Array.from({ length: 29 }, () => share(1, 1))).word).toBe('FAIL')
})

test('what cannot be measured is said with a reason', () => {
  expect(line({ key: 'baseline', value: 'stays down' }, around10)).toBe(
    'UNSUPPORTED some-oracle baseline expected="stays down" got=- se=- z=- reason="a word, not a number, is expected"',
  )
  expect(verdictLine('some-oracle', unsupported({ key: 'W', value: 1 }, 'there is none'))).toBe('UNSUPPORTED some-oracle W expected=1 got=- se=- z=- reason="there is none"')
})

test.each(['saga-', 'cqrs-', 'outbox-poll-', 'aoi-'])('%s…: what is not supported there is a failure; elsewhere it is not', (prefix) => {
  expect(isFailure(`${prefix}of-another-kind`, { word: 'UNSUPPORTED' })).toBe(true)
  expect(isFailure(`not-${prefix}`, { word: 'UNSUPPORTED' })).toBe(false)
  expect(isFailure(`${prefix}n3`, { word: 'SKIPPED' })).toBe(false)
  expect(isFailure(`not-${prefix}`, { word: 'FAIL' })).toBe(true)
})
