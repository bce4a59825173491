import { describe, expect, test } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import { RecordKind } from '../../sim/record.ts'
import { blueprint, chain, constant, edge, engineOf, node, resultLines, runWhole, steady } from '../../sim/testing/blueprints.ts'

interface Fault {
  type: string
  fromMs: number
  toMs?: number
  strength?: number
  node?: string
}

/** A client every 100 ms up to `untilMs`, and a service with work of 150 ms. */
function given(faults: readonly Fault[], service: Record<string, unknown> = {}, untilMs = 1_200): Blueprint {
  return blueprint([steady(100, untilMs), node('service', 'service', { workers: 20, latency: constant(150), ...service })], chain('client', 'service'), {
    faults: faults.map((fault) => ({ node: 'service', ...fault })),
    durationMs: 10_000,
  })
}

const lines = (of: Blueprint): string[] => resultLines(runWhole(of))
const context = (of: Blueprint, atMs: number, index = 1): Record<string, unknown> => {
  const { engine } = engineOf(of)
  engine.runUntil(atMs * 1_000)
  const { machine, instance } = engine.runtimes[index]!
  return { state: machine.states[instance.state], ...(instance.context as Record<string, unknown>) }
}

describe('workers and queue', () => {
  test('calls start in the order they came, and wait their turn', () => {
    expect(lines(given([], { workers: 1, queueCapacity: 9 }, 500))).toEqual(['100 ok 150', '200 ok 200', '300 ok 250', '400 ok 300', '500 ok 350'])
  })

  test('a full queue rejects at once', () => {
    expect(lines(given([], { workers: 1, queueCapacity: 1, latency: constant(350) }, 500))).toEqual([
      '100 ok 350',
      '200 ok 600',
      '300 rejected/queueFull 0',
      '400 rejected/queueFull 0',
      '500 ok 650',
    ])
  })

  test('without a queue a busy service rejects', () => {
    expect(lines(given([], { workers: 1, queueCapacity: 0 }, 300))).toEqual(['100 ok 150', '200 rejected/queueFull 0', '300 ok 150'])
  })

  test('a queued call is told of when it joins and when it starts', () => {
    const { records } = runWhole(given([], { workers: 1, queueCapacity: 9 }, 300))
    expect(records.filter(({ kind }) => kind === RecordKind.queued).map(({ timeUs, a }) => [timeUs / 1_000, a])).toEqual([[200, 1], [300, 1]])
    expect(records.filter(({ kind }) => kind === RecordKind.started).map(({ timeUs, a, b }) => [timeUs / 1_000, a, b / 1_000])).toEqual([[250, 1, 50], [400, 1, 100]])
  })
})

describe('calling on', () => {
  const both = (callOrder: string, more: Record<string, unknown> = {}): Blueprint =>
    blueprint(
      [
        steady(1_000, 1_000),
        node('front', 'service', { latency: constant(10), callOrder }),
        node('first', 'service', { latency: constant(100), ...more }),
        node('second', 'service', { latency: constant(200) }),
      ],
      [edge('client', 'front'), edge('front', 'first'), edge('front', 'second')],
    )

  test('one after another, or all at once', () => {
    expect(lines(both('sequential'))).toEqual(['1000 ok 310'])
    expect(lines(both('parallel'))).toEqual(['1000 ok 210'])
  })

  test('one after another stops at the first failure; all at once waits for all, and answers with the worst', () => {
    expect(lines(both('sequential', { errorPercent: 100 }))).toEqual(['1000 failed/error 110'])
    expect(lines(both('parallel', { errorPercent: 100 }))).toEqual(['1000 failed/error 210'])
  })

  test('the worker is held until the answer is out: one slow dependency holds up everybody', () => {
    const held = blueprint(
      [steady(100, 300), node('front', 'service', { workers: 1, queueCapacity: 5, latency: constant(10) }), node('back', 'service', { latency: constant(240) })],
      chain('client', 'front', 'back'),
    )
    expect(lines(held)).toEqual(['100 ok 250', '200 ok 400', '300 ok 550'])
    expect(context(held, 340)).toMatchObject({ busy: 1, queued: 2, state: 'up.queueing' })
  })

  test('calls only where the request’s type may go', () => {
    const typed = blueprint(
      [
        node('client', 'client', { load: 'constant', ratePerSecond: 1, requestTypes: [{ name: 'pay', share: 1 }, { name: 'browse', share: 0 }] }),
        node('front', 'service', { latency: constant(10) }),
        node('pay', 'service', { latency: constant(100) }),
        node('browse', 'service', { latency: constant(999) }),
      ],
      [edge('client', 'front'), edge('front', 'pay', { requestTypes: ['pay'] }), edge('front', 'browse', { requestTypes: ['browse'] })],
      { durationMs: 1_500 },
    )
    expect(lines(typed)).toEqual(['1000 ok 110'])
  })
})

describe('late answers', () => {
  test('a client that gave up does not stop the work; the answer comes, late, and is recorded', () => {
    const run = runWhole(
      blueprint([steady(1_000, 1_000, { deadlineMs: 50 }), node('front', 'service', { latency: constant(10) }), node('back', 'service', { latency: constant(200) })], chain('client', 'front', 'back')),
    )
    expect(resultLines(run)).toEqual(['1000 timedOut/deadline 50'])
    const late = run.records.filter(({ kind }) => kind === RecordKind.late)
    expect(late.map(({ timeUs, b, elapsedUs }) => [timeUs / 1_000, b & 0xff, elapsedUs / 1_000])).toEqual([[1_210, 0, 210]])
  })

  test('an answer that comes while its caller’s own answer is on the way is late, not a second answer', () => {
    const slowWay = blueprint(
      [steady(1_000, 1_000), node('guard', 'timeout', { timeoutMs: 100 }), node('back', 'service', { latency: constant(110) })],
      [edge('client', 'guard', { latency: constant(50) }), edge('guard', 'back')],
    )
    const run = runWhole(slowWay)
    expect(resultLines(run)).toEqual(['1000 timedOut/timeout 200'])
    expect(run.records.filter(({ kind }) => kind === RecordKind.late).map(({ timeUs }) => timeUs)).toEqual([1_160_000])
  })
})

describe('hang', () => {
  test('only calls that start in it are stuck, until it ends; then they take their full time', () => {
    expect(lines(given([{ type: 'hang', fromMs: 250, toMs: 1_000 }]))).toEqual([
      '100 ok 150',
      '200 ok 150',
      ...[300, 400, 500, 600, 700, 800, 900, 1_000].map((ms) => `${ms} ok ${1_150 - ms}`),
      '1100 ok 150',
      '1200 ok 150',
    ])
  })

  test('calls that wait for a worker start in it as workers come free, and are stuck', () => {
    expect(lines(given([{ type: 'hang', fromMs: 260, toMs: 1_000 }], { workers: 2, queueCapacity: 5 }, 400))).toEqual([
      '100 ok 150',
      '200 ok 150',
      '300 ok 850',
      '400 ok 750',
    ])
  })

  test('answers of calls it already made are read: what is on its way goes on', () => {
    const way = blueprint(
      [steady(100, 200), node('front', 'service', { latency: constant(10) }), node('back', 'service', { latency: constant(50) })],
      chain('client', 'front', 'back'),
      { faults: [{ node: 'front', type: 'hang', fromMs: 120, toMs: 400 }] },
    )
    expect(lines(way)).toEqual(['100 ok 60', '200 ok 260'])
  })
})

describe('pause', () => {
  test('freezes what work remains, exactly; arrivals wait', () => {
    expect(lines(given([{ type: 'pause', fromMs: 260, toMs: 1_000 }], { queueCapacity: 100 }, 400))).toEqual(['100 ok 150', '200 ok 890', '300 ok 850', '400 ok 750'])
  })

  test('twice pauses twice', () => {
    const twice = [{ type: 'pause', fromMs: 110, toMs: 200 }, { type: 'pause', fromMs: 210, toMs: 300 }]
    expect(lines(given(twice, {}, 100))).toEqual(['100 ok 330'])
  })

  test('arrivals beyond the queue are rejected', () => {
    expect(lines(given([{ type: 'pause', fromMs: 50, toMs: 1_000 }], { queueCapacity: 1 }, 200))).toEqual(['100 ok 1050', '200 rejected/queueFull 0'])
  })

  test('an answer that comes meanwhile is read when it ends', () => {
    const way = blueprint(
      [steady(100, 100), node('front', 'service', { latency: constant(10) }), node('back', 'service', { latency: constant(50) }), node('last', 'service', { latency: constant(5) })],
      [edge('client', 'front'), edge('front', 'back'), edge('front', 'last')],
      { faults: [{ node: 'front', type: 'pause', fromMs: 120, toMs: 400 }] },
    )
    expect(lines(way)).toEqual(['100 ok 305'])
  })

  test('work of hours survives it to the microsecond, as it survives a hang', () => {
    const hours = (type: string): string[] =>
      lines(
        blueprint([steady(1_000_000, 1_000_000), node('service', 'service', { latency: constant(10_000_000) })], chain('client', 'service'), {
          faults: [{ node: 'service', type, fromMs: 900_000, toMs: 1_100_000 }],
          durationMs: 20_000_000,
        }),
      )
    expect(hours('hang')).toEqual(['1000000 ok 10100000'])
    expect(hours('pause')).toEqual(['1000000 ok 10100000'])
  })

  test('as many workers as there may be start on what waited, all at once', () => {
    const crowd = blueprint(
      [steady(0.02, 2_000), node('service', 'service', { workers: 5_000, queueCapacity: 100_000, latency: constant(5) })],
      chain('client', 'service'),
      { faults: [{ node: 'service', type: 'pause', fromMs: 0, toMs: 1_000 }], durationMs: 1_001 },
    )
    expect(context(crowd, 1_000)).toMatchObject({ busy: 5_000, queued: 45_000 })
  })
})

describe('crash', () => {
  test('fails all it held at once, queued or started, refuses while down, and comes back empty', () => {
    expect(lines(given([{ type: 'crash', fromMs: 350, toMs: 600 }], { workers: 1, queueCapacity: 5 }, 700))).toEqual([
      '100 ok 150',
      '200 failed/crashed 150',
      '300 failed/crashed 50',
      '400 failed/crashed 0',
      '500 failed/crashed 0',
      '600 failed/crashed 0',
      '700 ok 150',
    ])
  })

  test('answers to calls it made come too late', () => {
    const way = blueprint(
      [steady(100, 100), node('front', 'service', { latency: constant(10) }), node('back', 'service', { latency: constant(50) })],
      [edge('client', 'front', { latency: constant(30) }), edge('front', 'back')],
      { faults: [{ node: 'front', type: 'crash', fromMs: 150, toMs: 155 }] },
    )
    const run = runWhole(way)
    expect(resultLines(run)).toEqual(['100 failed/crashed 80'])
    expect(run.records.filter(({ kind }) => kind === RecordKind.late)).toHaveLength(1)
  })
})

describe('slow and errors', () => {
  test('slow: work that starts in it takes so many times as long', () => {
    expect(lines(given([{ type: 'slow', fromMs: 150, toMs: 350, strength: 3 }], {}, 400))).toEqual(['100 ok 150', '200 ok 450', '300 ok 450', '400 ok 150'])
  })

  test('errors: work that ends in it fails', () => {
    expect(lines(given([{ type: 'errors', fromMs: 300, toMs: 500 }], {}, 400))).toEqual(['100 ok 150', '200 failed/error 150', '300 failed/error 150', '400 ok 150'])
  })

  test('a share of errors is that share; the larger of the configured and the injected one counts', () => {
    const failed = (errorPercent: number, strength: number): number => {
      const { requests } = runWhole(
        blueprint([steady(1, 8_000), node('service', 'service', { workers: 50, latency: constant(1), errorPercent })], chain('client', 'service'), {
          faults: [{ node: 'service', type: 'errors', fromMs: 0, strength }],
          durationMs: 9_000,
        }),
      )
      return requests.failed / requests.offered
    }
    expect(Math.abs(failed(0, 30) - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / 8_000))
    expect(Math.abs(failed(30, 10) - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / 8_000))
    expect(failed(0, 0)).toBe(0)
  })
})

describe('several faults at once', () => {
  test.each([
    ['hang', 'hang'],
    ['hang', 'pause'],
    ['pause', 'hang'],
    ['crash', 'crash'],
    ['crash', 'pause'],
    ['hang', 'crash'],
    ['pause', 'crash'],
  ])('%s and %s: it recovers when the last one ends', (first, second) => {
    const both = given([{ type: first, fromMs: 210, toMs: 500 }, { type: second, fromMs: 310, toMs: 900 }], { queueCapacity: 50 }, 1_000)
    expect(context(both, 250)['state']).toBe(first === 'hang' ? 'hung' : first === 'pause' ? 'paused' : 'crashed')
    expect(context(both, 899)['state']).not.toMatch(/^up/)
    expect(context(both, 901)['state']).toMatch(/^up/)
    expect(context(both, 9_000)).toMatchObject({ state: 'up.idle', busy: 0, queued: 0, stops: 0 })
  })

  test('slow: the strongest one counts, and it ends with the last', () => {
    const both = given([{ type: 'slow', fromMs: 0, toMs: 450, strength: 2 }, { type: 'slow', fromMs: 150, toMs: 250, strength: 4 }, { type: 'slow', fromMs: 350, toMs: 650, strength: 2 }], {}, 700)
    expect(lines(both)).toEqual(['100 ok 300', '200 ok 600', '300 ok 300', '400 ok 300', '500 ok 300', '600 ok 300', '700 ok 150'])
  })

  test('errors: the strongest one counts, and it ends with the last', () => {
    const both = given([{ type: 'errors', fromMs: 0, toMs: 600 }, { type: 'errors', fromMs: 300, toMs: 400, strength: 0 }, { type: 'errors', fromMs: 500, toMs: 800 }], {}, 900)
    expect(lines(both).map((line) => line.split(' ')[1])).toEqual(['failed/error', 'failed/error', 'failed/error', 'failed/error', 'failed/error', 'failed/error', 'ok', 'ok', 'ok'])
  })

  test('one that begins and ends at the same instant does no more than pass', () => {
    for (const type of ['hang', 'pause', 'slow', 'errors']) {
      expect(lines(given([{ type, fromMs: 260, toMs: 260 }])), type).toEqual(lines(given([])))
    }
  })
})

describe('by hand', () => {
  test('a fault by hand is the same as the same fault planned', () => {
    const planned = given([{ type: 'pause', fromMs: 260, toMs: 1_000 }])
    const byHand = { ...given([]), interventions: [{ what: 'fault' as const, node: 'service', type: 'pause', atMs: 260, forMs: 740 }] }
    expect(runWhole(byHand).hash).toBe(runWhole(planned).hash)
  })

  test.each([
    { type: 'DONE' },
    { type: 'ARRIVE' },
    { type: 'RECOVER' },
    { type: 'SLOW', factor: -5 },
    { type: 'SLOW', factor: 'much' },
    { type: 'ERRORS', percent: 1e9 },
    { type: 'NO_SUCH_THING' },
    { type: '__proto__' },
    { type: 'toString' },
  ])('a signal that only the service itself may send is passed over: %j', (signal) => {
    const odd = { ...given([]), interventions: [{ what: 'signal' as const, node: 'service', atMs: 260, signal }] }
    expect(lines(odd)).toEqual(lines(given([])))
  })
})
