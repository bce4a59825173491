import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import type { Distribution } from '../../sim/distribution.ts'
import { RecordKind } from '../../sim/record.ts'
import { blueprint, chain, constant, edge, engineOf, node, resultLines, runWhole } from '../../sim/testing/blueprints.ts'
import { holds } from '../../sim/testing/property.ts'

function given(client: Record<string, unknown>, durationMs: number, service: Record<string, unknown> = {}, seed = 1): Blueprint {
  return blueprint(
    [node('client', 'client', { deadlineMs: 0, ...client }), node('service', 'service', { workers: 1_000, latency: constant(1), ...service })],
    chain('client', 'service'),
    { durationMs, seed },
  )
}

/** When requests were made, ms. */
function asked(of: Blueprint): number[] {
  return runWhole(of)
    .records.filter(({ kind, node: at }) => kind === RecordKind.call && at === 0)
    .map(({ timeUs }) => timeUs / 1_000)
}

describe('open load', () => {
  test('constant: on the grid from the start, without drift', () => {
    expect(asked(given({ load: 'constant', ratePerSecond: 4 }, 1_000))).toEqual([250, 500, 750, 1_000])
    const thirds = asked(given({ load: 'constant', ratePerSecond: 3 }, 100_000))
    expect(thirds).toHaveLength(300)
    expect(thirds.at(-1)).toBe(100_000)
  })

  test('constant: the nth request comes at n intervals, to the microsecond, whatever the rate', () => {
    holds(
      fc.property(fc.double({ min: 0.5, max: 20_000, noNaN: true }), (ratePerSecond) => {
        const times = asked(given({ load: 'constant', ratePerSecond }, 200))
        expect(times).toEqual(Array.from({ length: times.length }, (_, index) => Math.round(((index + 1) * 1e6) / ratePerSecond) / 1_000))
        expect(Math.round(((times.length + 1) * 1e6) / ratePerSecond)).toBeGreaterThan(200_000)
      }),
      { runs: 40 },
    )
  })

  test('poisson: the mean and the spread of the gaps', () => {
    const times = asked(given({ load: 'poisson', ratePerSecond: 200 }, 60_000))
    const gaps = times.map((ms, index) => ms - (times[index - 1] ?? 0))
    const mean = gaps.reduce((sum, ms) => sum + ms, 0) / gaps.length
    const variance = gaps.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / gaps.length
    expect(Math.abs(mean - 5)).toBeLessThan((4 * 5) / Math.sqrt(gaps.length))
    // An exponential's variation is 1; its estimate has standard error 1/√n.
    expect(Math.abs(Math.sqrt(variance) / mean - 1)).toBeLessThan(4 / Math.sqrt(gaps.length))
  })

  test('ramp: the mean follows the rate and stays at its end', () => {
    const times = asked(given({ load: 'ramp', ratePerSecond: 100, rampToPerSecond: 500, rampMs: 20_000 }, 30_000))
    const between = (fromMs: number, toMs: number): number => times.filter((ms) => ms > fromMs && ms <= toMs).length
    const near = (count: number, expected: number): void => expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected))
    near(between(0, 20_000), 20 * 300)
    near(between(0, 5_000), 5 * 150)
    near(between(15_000, 20_000), 5 * 450)
    near(between(20_000, 30_000), 10 * 500)
  })

  test('a ramp may fall', () => {
    const times = asked(given({ load: 'ramp', ratePerSecond: 500, rampToPerSecond: 10, rampMs: 1_000 }, 11_000))
    const late = times.filter((ms) => ms > 1_000).length
    expect(Math.abs(late - 100)).toBeLessThan(40)
  })

  test('burst: one rate within, the other between', () => {
    const times = asked(given({ load: 'burst', ratePerSecond: 20, burstPerSecond: 400, burstEveryMs: 1_000, burstForMs: 200 }, 20_000))
    const within = times.filter((ms) => ms % 1_000 < 200).length
    expect(Math.abs(within - 1_600)).toBeLessThan(4 * 40)
    expect(Math.abs(times.length - within - 320)).toBeLessThan(4 * 18)
  })

  test('keeps coming however slow the answers are', () => {
    const slow = given({ load: 'constant', ratePerSecond: 10 }, 2_000, { workers: 1, latency: constant(5_000) })
    expect(runWhole(slow).requests).toMatchObject({ offered: 20, inFlight: 20 })
  })

  test('stops at its time, so that the run can drain', () => {
    for (const load of ['poisson', 'constant', 'ramp', 'burst', 'users']) {
      const times = asked(given({ load, sendUntilMs: 1_000, think: constant(10) }, 3_000))
      expect(times.length, load).toBeGreaterThan(5)
      expect(Math.max(...times), load).toBeLessThanOrEqual(1_000)
    }
  })
})

describe('users', () => {
  const users = (count: number, think: Distribution, service: Record<string, unknown>, durationMs = 2_000): Blueprint =>
    given({ load: 'users', users: count, think }, durationMs, service)

  test('each waits for the answer, then thinks', () => {
    expect(asked(users(1, constant(100), { latency: constant(50) }, 600))).toEqual([100, 250, 400, 550])
  })

  test('there are never more requests under way than users', () => {
    holds(
      fc.property(fc.integer({ min: 1, max: 15 }), fc.nat(40), fc.integer({ min: 1, max: 80 }), fc.constantFrom(0, 20), (count, thinkMs, serviceMs, queueCapacity) => {
        const { engine } = engineOf(users(count, { type: 'exponential', meanMs: thinkMs + 0.5 }, { workers: 3, queueCapacity, latency: constant(serviceMs) }, 800))
        while (!engine.runUntil(800_000, 1)) {
          const { inFlight } = engine.runtimes[0]!.instance.context as { inFlight: number }
          if (inFlight > count || inFlight < 0) expect.fail(`${inFlight} under way`)
        }
        expect(engine.requestsMade).toBeGreaterThan(0)
      }),
      { runs: 25 },
    )
  })

  test('as many as fit: response time law, users = throughput × (response + think)', () => {
    const { requests, results } = runWhole(users(10, constant(100), { workers: 2, queueCapacity: 50, latency: constant(50) }, 50_000))
    const perSecond = requests.ok / 50
    const responseS = results.reduce((sum, { elapsedUs }) => sum + elapsedUs / 1e6, 0) / results.length
    expect(perSecond * (responseS + 0.1)).toBeCloseTo(10, 0)
    expect(perSecond).toBeCloseTo(40, 0)
  })

  test.each<[string, Record<string, unknown>]>([
    ['a full queue', { workers: 1, queueCapacity: 0, latency: constant(50) }],
    ['a service that takes no time', { latency: constant(0) }],
  ])('users who do not think do not stop time at %s', (_name, service) => {
    const { engine } = engineOf(users(5, constant(0), service))
    expect(engine.runUntil(1e6, 100_000)).toBe(true)
    expect(engine.requestsMade).toBeGreaterThan(100)
  })

  test('nor with nowhere to go, nor stopped by hand', () => {
    const client = node('client', 'client', { load: 'users', users: 5, think: constant(0) })
    const unrouted = engineOf(blueprint([client], []))
    expect(unrouted.engine.runUntil(1e6, 100_000)).toBe(true)
    const stopped = engineOf(blueprint([client, node('service', 'service')], chain('client', 'service'), { interventions: [{ what: 'signal', node: 'client', atMs: 1, signal: { type: 'STOP' } }] }))
    expect(stopped.engine.runUntil(1e6, 100_000)).toBe(true)
  })
})

test('types come in their shares; a share of nothing never', () => {
  const requestTypes = [{ name: 'browse', share: 6 }, { name: 'pay', share: 2 }, { name: 'never', share: 0 }]
  const { results } = runWhole(given({ load: 'constant', ratePerSecond: 400, requestTypes }, 20_000))
  const pay = results.filter(({ type }) => type === 1).length
  expect(results.filter(({ type }) => type === 2)).toEqual([])
  expect(Math.abs(pay / results.length - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / results.length))
})

test('the deadline ends a request; what it set going goes on', () => {
  const run = runWhole(given({ load: 'constant', ratePerSecond: 1, deadlineMs: 30, sendUntilMs: 1_000 }, 3_000, { latency: constant(500) }))
  expect(resultLines(run)).toEqual(['1000 timedOut/deadline 30'])
  expect(run.requests).toMatchObject({ offered: 1, timedOut: 1, inFlight: 0 })
})

test('any deadline above 0 is one, even a fraction of a microsecond', () => {
  const run = runWhole(given({ load: 'constant', ratePerSecond: 1, deadlineMs: 0.0001, sendUntilMs: 1_000 }, 3_000))
  expect(resultLines(run)).toEqual(['1000 timedOut/deadline 0'])
})

test('without an edge for its type a request fails at once', () => {
  const typed = blueprint(
    [node('client', 'client', { load: 'constant', ratePerSecond: 1, requestTypes: [{ name: 'a', share: 1 }] }), node('service', 'service')],
    [edge('client', 'service', { requestTypes: ['b'] })],
    { durationMs: 1_000 },
  )
  expect(resultLines(runWhole(typed))).toEqual(['1000 failed/noRoute 0'])
})

test('stopped by hand it asks no more, until it may again; users come back too', () => {
  for (const load of ['constant', 'users']) {
    const stopped = {
      ...given({ load, ratePerSecond: 10, users: 3, think: constant(99) }, 2_000),
      interventions: [
        { what: 'signal' as const, node: 'client', atMs: 550, signal: { type: 'STOP' } },
        { what: 'signal' as const, node: 'client', atMs: 1_250, signal: { type: 'GO' } },
      ],
    }
    const times = asked(stopped)
    expect(times.filter((ms) => ms > 551 && ms < 1_250), load).toEqual([])
    expect(times.filter((ms) => ms > 1_250).length, load).toBeGreaterThan(6)
  }
})

test.each([{ type: 'SEND' }, { type: 'ANSWER' }, { type: 'EXPIRE' }, { type: 'nonsense' }])('a signal that only the client itself may send is passed over: %j', (signal) => {
  const plain = given({ load: 'constant', ratePerSecond: 10 }, 1_000)
  const odd = { ...plain, interventions: [{ what: 'signal' as const, node: 'client', atMs: 550, signal }] }
  expect(runWhole(odd).hash).toBe(runWhole(plain).hash)
})
