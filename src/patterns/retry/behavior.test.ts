import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import { RecordKind } from '../../sim/record.ts'
import { blueprint, chain, constant, engineOf, node, resultLines, runWhole, steady, type WholeRun } from '../../sim/testing/blueprints.ts'
import { holds } from '../../sim/testing/property.ts'

/** One request at 100 ms to a service that fails after 10 ms, unless told otherwise. */
function given(retry: Record<string, unknown>, service: Record<string, unknown> = { errorPercent: 100 }, untilMs = 100, seed = 1): Blueprint {
  return blueprint(
    [steady(100, untilMs), node('again', 'retry', { jitter: 'none', ...retry }), node('service', 'service', { latency: constant(10), ...service })],
    chain('client', 'again', 'service'),
    { durationMs: 3_600_000, seed },
  )
}

/** When the attempts reached the service, in ms, by request. */
function attempts({ records }: WholeRun): number[][] {
  const calls = records.filter(({ kind, node: at }) => kind === RecordKind.call && at === 1)
  const requests = [...new Set(calls.map(({ request }) => request))]
  return requests.map((request) => calls.filter((call) => call.request === request).map(({ timeUs }) => timeUs / 1_000))
}

const waits = (run: WholeRun): number[][] => attempts(run).map((times) => times.slice(1).map((ms, index) => ms - times[index]! - 10))

test('asks as often as told, then passes on the failure', () => {
  const run = runWhole(given({ maximumAttempts: 3, initialIntervalMs: 40, backoffCoefficient: 1 }))
  expect(attempts(run)).toEqual([[100, 150, 200]])
  expect(resultLines(run)).toEqual(['100 failed/error 110'])
})

test('one attempt is no retry, and no success is repeated', () => {
  expect(attempts(runWhole(given({ maximumAttempts: 1 })))).toEqual([[100]])
  expect(attempts(runWhole(given({ maximumAttempts: 5 }, {})))).toEqual([[100]])
})

test('each wait is so many times the one before, up to the longest', () => {
  const run = runWhole(given({ maximumAttempts: 7, initialIntervalMs: 100, backoffCoefficient: 2, maximumIntervalMs: 1_000 }))
  expect(waits(run)).toEqual([[100, 200, 400, 800, 1_000, 1_000]])
})

test('a longest wait below the first does not shorten it', () => {
  expect(waits(runWhole(given({ maximumAttempts: 4, initialIntervalMs: 100, backoffCoefficient: 3, maximumIntervalMs: 50 })))).toEqual([[100, 100, 100]])
})

test('a hundred attempts of a wait that grows tenfold still wait the longest, not for ever', () => {
  const run = runWhole(given({ maximumAttempts: 100, initialIntervalMs: 1, backoffCoefficient: 10, maximumIntervalMs: 1_000 }))
  expect(attempts(run)[0]).toHaveLength(100)
  expect(waits(run)[0]!.slice(3).every((ms) => ms === 1_000)).toBe(true)
})

test('full jitter draws between nothing and the wait, half jitter between half and all of it', () => {
  const jitter = fc.constantFrom('none', 'full', 'equal')
  holds(
    fc.property(jitter, fc.integer({ min: 1, max: 500 }), fc.integer({ min: 10, max: 40 }), fc.maxSafeInteger(), (how, initialIntervalMs, tenths, seed) => {
      const backoffCoefficient = tenths / 10
      const run = runWhole(given({ maximumAttempts: 6, initialIntervalMs, backoffCoefficient, maximumIntervalMs: 2_000, jitter: how }, undefined, 400, seed))
      for (const each of waits(run)) {
        expect(each).toHaveLength(5)
        each.forEach((ms, index) => {
          const most = Math.min(initialIntervalMs * backoffCoefficient ** index, 2_000)
          const least = how === 'none' ? most : how === 'equal' ? most / 2 : 0
          if (ms > most + 0.001 || ms < least - 0.001) expect.fail(`wait ${index} of ${ms} ms is not within ${least} and ${most}`)
        })
      }
    }),
    { runs: 30 },
  )
})

test('jittered waits spread evenly', () => {
  const run = runWhole(given({ maximumAttempts: 2, initialIntervalMs: 100, jitter: 'full' }, { errorPercent: 100, workers: 50 }, 200_000))
  const spread = waits(run).map(([ms]) => ms!)
  const mean = spread.reduce((sum, ms) => sum + ms, 0) / spread.length
  expect(spread).toHaveLength(2_000)
  expect(Math.abs(mean - 50)).toBeLessThan((4 * (100 / Math.sqrt(12))) / Math.sqrt(spread.length))
})

test('rejections are repeated only when told to', () => {
  const full = { workers: 1, queueCapacity: 0, latency: constant(150) }
  const rejected = (retryOnRejected: boolean): string[] =>
    resultLines(runWhole(given({ maximumAttempts: 3, initialIntervalMs: 60, backoffCoefficient: 1, retryOnRejected }, full, 200)))
  expect(rejected(false)).toEqual(['100 ok 150', '200 rejected/queueFull 0'])
  expect(rejected(true)).toEqual(['100 ok 150', '200 ok 210'])
})

test('timeouts are repeated', () => {
  const slow = blueprint(
    [steady(100, 100), node('again', 'retry', { maximumAttempts: 2, initialIntervalMs: 10, jitter: 'none' }), node('guard', 'timeout', { timeoutMs: 50 }), node('service', 'service', { latency: constant(80) })],
    chain('client', 'again', 'guard', 'service'),
  )
  expect(resultLines(runWhole(slow))).toEqual(['100 timedOut/timeout 110'])
})

test('a caller that gave up does not stop it: the work goes on for nobody', () => {
  const impatient = blueprint(
    [steady(100, 100, { deadlineMs: 15 }), node('again', 'retry', { maximumAttempts: 3, initialIntervalMs: 10, jitter: 'none' }), node('service', 'service', { latency: constant(10), errorPercent: 100 })],
    chain('client', 'again', 'service'),
  )
  const run = runWhole(impatient)
  expect(resultLines(run)).toEqual(['100 timedOut/deadline 15'])
  expect(attempts(run)[0]).toHaveLength(3)
  expect(run.records.filter(({ kind }) => kind === RecordKind.late).map(({ timeUs }) => timeUs / 1_000)).toEqual([160])
})

test('its counts tell who is on a further attempt', () => {
  const { engine } = engineOf(given({ maximumAttempts: 3, initialIntervalMs: 1_000, backoffCoefficient: 1 }, undefined, 300))
  const seen = [105, 115, 400, 5_000].map((ms) => {
    engine.runUntil(ms * 1_000)
    const { machine, instance } = engine.runtimes[1]!
    const { retrying, repeated } = instance.context as { retrying: number; repeated: number }
    return [machine.states[instance.state], retrying, repeated]
  })
  expect(seen).toEqual([['calm', 0, 0], ['retrying', 1, 1], ['retrying', 3, 3], ['calm', 0, 6]])
})

test('one that leads nowhere fails at once', () => {
  const nowhere = blueprint([steady(100, 100), node('again', 'retry')], chain('client', 'again'))
  expect(resultLines(runWhole(nowhere))).toEqual(['100 failed/noRoute 0'])
})
