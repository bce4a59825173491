import { describe, expect, test } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import { Outcome } from '../../sim/record.ts'
import { blueprint, chain, edge, node, runThrough } from './blueprints.ts'
import { BreakerMeter } from './breaker-meter.ts'
import { drawPipeline, PEEK, readType, stopsRunner, type Pipeline } from './families/projections.ts'
import { ProjectionMeter } from './projection-meter.ts'
import { SagaMeter } from './saga-meter.ts'
import { ClientMeter, Readers, StationMeter } from './station.ts'

const constant = (ms: number) => ({ type: 'constant', ms }) as const

describe('a station at which everything is known beforehand', () => {
  /** Every second three at once, each worked on for 200 ms, one after the other; one may wait. */
  const threeAtOnce = (queueCapacity: number, deadlineMs = 0): Blueprint =>
    blueprint(
      [
        ...['a', 'b', 'c'].map((id) => node(id, 'client', { load: 'constant', ratePerSecond: 1, deadlineMs })),
        node('desk', 'service', { workers: 1, queueCapacity, latency: constant(200), errorPercent: 0 }),
      ],
      ['a', 'b', 'c'].map((id) => edge(id, 'desk')),
      { seed: 1, durationMs: 20_500 },
    )

  function observe(of: Blueprint): { station: StationMeter; client: ClientMeter } {
    const window = { fromUs: 10e6 - 1, untilUs: 20e6 - 1 }
    const client = new ClientMeter(window)
    let station: StationMeter | undefined
    runThrough(of, (names) => new Readers([(station = new StationMeter(names, 'desk', window)), client]))
    return { station: station!, client }
  }

  test('who waits, how long, and how many are there over time', () => {
    const { station, client } = observe(threeAtOnce(10))
    expect([...new Set(station.sojourns.sorted())]).toEqual([200_000, 400_000, 600_000])
    expect([...new Set(station.waits.sorted())]).toEqual([0, 200_000, 400_000])
    expect([...new Set(station.services.sorted())]).toEqual([200_000])
    expect([station.sojourns.length, station.waited, station.refused, station.busyPeriods]).toEqual([30, 20, 0, 10])
    expect([station.presentUs / 10e6, station.waitingUs / 10e6, station.occupiedUs / 10e6]).toEqual([1.2, 0.6, 0.6])
    expect([client.answered, client.count(Outcome.ok)]).toEqual([30, 30])
  })

  test('who is turned away, and who has gone', () => {
    const { station, client } = observe(threeAtOnce(1, 300))
    expect([station.sojourns.length, station.refused]).toEqual([20, 10])
    expect([client.count(Outcome.ok), client.count(Outcome.rejected), client.count(Outcome.timedOut)]).toEqual([10, 10, 10])
  })
})

test('a breaker that opens at the second failure: what a cycle holds', () => {
  // Calls every 100 ms, all fail; open for 350 ms, so the fourth call after it probes.
  const of = blueprint(
    [
      node('client', 'client', { load: 'constant', ratePerSecond: 10, deadlineMs: 0 }),
      node('breaker', 'circuit-breaker', {
        slidingWindowSize: 2, minimumNumberOfCalls: 2, failureRateThreshold: 100, waitDurationInOpenStateMs: 350, permittedNumberOfCallsInHalfOpenState: 1,
        automaticTransitionFromOpenToHalfOpen: false, fallbackOn: 'none',
      }),
      node('service', 'service', { latency: constant(0), errorPercent: 100 }),
    ],
    chain('client', 'breaker', 'service'),
    { seed: 1, durationMs: 60_000 },
  )
  const meter = runThrough(of, (names) => new BreakerMeter(names, { node: 'breaker', startsWith: 'OPEN', waitUs: 350_000, fromUs: 0, untilUs: 10e6 }))
  expect([...meter.callsToTrip.sorted()]).toEqual([2])
  const { cycles, sum } = meter
  expect(cycles).toBe(25)
  expect(sum).toMatchObject({ lengthUs: cycles * 400_000, waitedUs: cycles * 350_000, calls: cycles * 4, admitted: cycles, succeeded: 0, inStateUs: { OPEN: cycles * 400_000, HALF_OPEN: 0 } })
  expect([meter.reopened, meter.closed]).toEqual([cycles, 0])
})

test('sagas: what was tried, done and undone, and how long it took', () => {
  const retry = { initialIntervalMs: 0, backoffCoefficient: 1, maximumIntervalMs: 0, maximumAttempts: 2, jitter: 'none', nonRetryableErrors: [] }
  const plain = { kind: 'compensatable', retry, onUnknown: 'retry-same-key', idempotencyKey: 'operation', effect: 'none' }
  const works = { workers: 10, queueCapacity: 0, latency: constant(100), errorPercent: 0, perType: [{ type: 'undo', latency: constant(50), errorPercent: 0 }] }
  const of = blueprint(
    [
      node('client', 'client', { load: 'constant', ratePerSecond: 1, deadlineMs: 0, sendUntilMs: 5_500 }),
      node('saga', 'saga', { steps: [{ ...plain, name: 'do', compensation: { name: 'undo', retry } }, { ...plain, name: 'fail' }] }),
      node('good', 'service', works),
      node('bad', 'service', { ...works, perType: [], errorPercent: 100 }),
    ],
    [edge('client', 'saga'), edge('saga', 'good', { requestTypes: ['do', 'undo'] }), edge('saga', 'bad', { requestTypes: ['fail'] })],
    { seed: 1, durationMs: 60_000 },
  )
  const meter = runThrough(of, (names) => new SagaMeter(names, { node: 'saga', undoTypes: ['undo'], enough: 4 }))
  expect([meter.completed.length, meter.aborted.length, meter.isDone]).toEqual([0, 4, true])
  // Whatever the fifth did is not counted.
  expect([meter.attempts, meter.succeeded, meter.undoAttempts, meter.undone, meter.crashes]).toEqual([12, 4, 4, 4, 0])
  expect([...meter.makespans()]).toEqual([350_000, 350_000, 350_000, 350_000])
})

describe('a view that is always 30 ms behind', () => {
  const steady: Pipeline = { arrivals: 'constant', lambda: 0.01, handler: constant(30), capacities: [], keys: 5, readsAfter: [constant(20), constant(40)], peeks: true }

  test('lag, age, and what reads see of their own writes', () => {
    // Two writers who write at the same time, every 200 ms: the second event is 60 ms behind.
    const window = { fromUs: 1e6, untilUs: 19e6 }
    const meter = runThrough(drawPipeline(steady, 1, 20_000), (names) => new ProjectionMeter(names, window))
    expect([...new Set(meter.lags.sorted())]).toEqual([30_000, 60_000])
    expect(meter.reads(readType(0))).toMatchObject({ count: 90, withoutOwn: 90 })
    expect(meter.reads(readType(1))).toMatchObject({ count: 90, withoutOwn: 90 })
    const { count, behind } = meter.reads(PEEK)
    expect(count).toBeGreaterThan(50)
    expect(behind.reduce((sum, reads) => sum + reads, 0)).toBe(count)
  })

  test('one writer: the age grows from 30 to 130 ms, over and over', () => {
    const one = { ...steady, readsAfter: [constant(20)] }
    const meter = runThrough(drawPipeline(one, 1, 20_000), (names) => new ProjectionMeter(names, { fromUs: 1e6, untilUs: 19e6 }))
    expect(meter.ageSum / meter.measuredS).toBeCloseTo(0.08, 3)
    const late = runThrough(drawPipeline({ ...one, readsAfter: [constant(31)] }, 1, 20_000), (names) => new ProjectionMeter(names, { fromUs: 1e6, untilUs: 19e6 }))
    expect(late.reads(readType(0))).toMatchObject({ count: 180, withoutOwn: 0 })
  })

  test('after a stop: what has piled up, and how long it takes', () => {
    // Stands from 1.5 to 2 s: 1.5 to 1.9 s are late, the one of 2 s comes as it goes on. Each takes 30 ms, and two more come meanwhile.
    const { backlogs, times } = stopsRunner({ ...steady, readsAfter: [] }, { stops: 1, stopMs: 500, everyMs: 2_000 })(1)
    expect([...backlogs.sorted()]).toEqual([6])
    expect([...times.sorted()]).toEqual([8 * 30_000])
  })
})
