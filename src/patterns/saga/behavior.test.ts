import { describe, expect, test } from 'vitest'
import { runBlueprint } from '../../player/run.ts'
import { runWhole, resultLines } from '../../sim/testing/blueprints.ts'
import { findPattern } from '../index.ts'
import { sagaDefaults, type RetryPolicy, type SagaStep } from './config.ts'
import { changed, orders, tale, type Given } from './testing/orders.ts'

/** What is told of the saga itself, without times: `charge_customer: attempt 1`. */
function notes(given: Given, of = /saga {12}/): string[] {
  return tale(orders(given)).split('\n').filter((line) => of.test(line)).map((line) => line.slice(31).replace(/ {2}r\d+$/, ''))
}
/** When attempts at a step went out, ms. */
function sentMs(given: Given, name: string): number[] {
  return tale(orders(given)).split('\n').filter((line) => line.includes(`${name}: attempt `)).map((line) => Math.round(parseFloat(line) * 1e6) / 1_000)
}
const results = (given: Given): string[] => resultLines(runWhole(orders(given)))
const counts = (given: Given): Record<string, number> => ({ ...runBlueprint(orders(given), { keepTrace: false }).counts['sagas'] })
const retry: RetryPolicy = sagaDefaults.steps[0]!.retry
const cancel = (atMs: number, saga = 0): object => ({ what: 'signal', node: 'saga', atMs, signal: { type: 'CANCEL', saga } })

test('a participant that calls others does its step once, and they do nothing of it', () => {
  const plain = orders({})
  const bank = { ...plain.nodes.find(({ id }) => id === 'payment')!, id: 'bank', label: 'bank' }
  const way = { ...plain.edges.find(({ to }) => to === 'payment')!, id: 'payment-bank', from: 'payment', to: 'bank' }
  const deeper = { ...plain, nodes: [...plain.nodes, bank], edges: [...plain.edges, way] }
  const effects = (drawing: typeof plain): string[] => tale(drawing).split('\n').filter((line) => line.includes('applied')).map((line) => line.slice(14, 60).trim().split(/ {2,}/).join(' '))
  expect(effects(deeper)).toHaveLength(effects(plain).length)
  expect(effects(deeper).filter((line) => line.startsWith('bank'))).toEqual([])
  expect(runBlueprint(deeper, { keepTrace: false }).counts['sagas']).toEqual(runBlueprint(plain, { keepTrace: false }).counts['sagas'])
})

describe('retries', () => {
  const failing = { faults: [{ node: 'inventory', type: 'errors', fromMs: 0, strength: 100 }] }
  const withRetry = (policy: Partial<RetryPolicy>, more: Partial<SagaStep> = {}): Given => ({ ...failing, saga: { steps: changed({ 0: { retry: { ...retry, ...policy }, ...more } }) } })

  test('wait longer and longer, up to a limit, and give up after so many', () => {
    expect(sentMs(withRetry({ maximumAttempts: 5, maximumIntervalMs: 500 }), 'reserve_inventory')).toEqual([1_000, 1_600, 2_400, 3_300, 4_200])
  })

  test('may follow at once; after an answer in no time a moment later', () => {
    expect(sentMs(withRetry({ initialIntervalMs: 0 }), 'reserve_inventory')).toEqual([1_000, 1_400, 1_800])
    const steps = changed({ 0: { name: 'reserve', retry: { ...retry, initialIntervalMs: 0 } } })
    expect(sentMs({ saga: { steps } }, 'reserve')).toEqual([1_000, 1_001, 1_002])
  })

  test('are spread by full jitter, within their waits', () => {
    const sent = sentMs(withRetry({ maximumAttempts: 6, jitter: 'full' }), 'reserve_inventory')
    const waits = sent.slice(1).map((ms, index) => ms - sent[index]! - 400)
    waits.forEach((ms, index) => expect(ms).toBeLessThanOrEqual(200 * 2 ** index))
    expect(new Set(waits).size).toBe(5)
  })

  test('end when no time is left for another one', () => {
    const given = withRetry({ maximumAttempts: 0 }, { scheduleToCloseMs: 2_000 })
    expect(sentMs(given, 'reserve_inventory')).toEqual([1_000, 1_600, 2_400])
    expect(results(given)).toEqual(['1000 failed/error 1800'])
  })

  test('end when their time is over, even where the next would follow at once', () => {
    const { saga } = withRetry({ maximumAttempts: 0, initialIntervalMs: 0 }, { scheduleToCloseMs: 2_000, startToCloseMs: 1_500 })
    const given: Given = { saga: saga!, faults: [{ node: 'inventory', type: 'hang', fromMs: 0, toMs: 15_000 }] }
    expect(sentMs(given, 'reserve_inventory')).toEqual([1_000, 2_500])
  })

  test('do not follow an error that is not to be retried; one not listed is retried, a refusal too', () => {
    expect(sentMs(withRetry({ nonRetryableErrors: ['error'] }), 'reserve_inventory')).toEqual([1_000])
    const refusing: Given = { faults: [{ node: 'inventory', type: 'reject', fromMs: 0 }], saga: { steps: changed({ 0: { retry: { ...retry, nonRetryableErrors: [] } } }) } }
    expect(sentMs(refusing, 'reserve_inventory')).toHaveLength(3)
  })
})

describe('an attempt is cut off', () => {
  test('after its own time, and then nobody knows', () => {
    const given: Given = { saga: { steps: changed({ 0: { startToCloseMs: 300, retry: { ...retry, maximumAttempts: 1 } } }) } }
    expect(results(given)).toEqual(['1000 failed/timeout 700'])
    expect(notes(given)).toContain('reserve_inventory: unknown (timeout) -> undo.release_inventory.running')
  })

  test('never, without a limit', () => {
    const { startToCloseMs: _, ...unlimited } = changed({})[0]!
    const given: Given = { saga: { steps: [unlimited] }, faults: [{ node: 'inventory', type: 'hang', fromMs: 0, toMs: 15_000 }] }
    expect(results(given)).toEqual(['1000 ok 14400'])
  })
})

describe('an abort', () => {
  test('by the deadline rolls back before the pivot, whatever is under way', () => {
    expect(results({ saga: { deadlineMs: 700 } })).toEqual(['1000 failed/deadline 1600'])
    expect(notes({ saga: { deadlineMs: 700 } })).toContain('aborted at charge_customer (deadline passed) -> undo.refund_customer.running')
  })

  test('is too late once the pivot may have happened: then it is only told', () => {
    expect(results({ saga: { deadlineMs: 1_200 } })).toEqual(['1000 ok 2100'])
    expect(notes({ saga: { deadlineMs: 1_200 } })).toContain('too late to abort (deadline passed), in ship_order.running')
  })

  test('is not too late while the pivot is known not to have happened', () => {
    const given: Given = { saga: { deadlineMs: 1_900 }, faults: [{ node: 'shipping', type: 'errors', fromMs: 0, strength: 100 }] }
    expect(results(given)).toEqual(['1000 failed/deadline 2800'])
  })

  test('comes as soon as the pivot that was under way is known not to have happened', () => {
    const given: Given = { saga: { deadlineMs: 1_200 }, faults: [{ node: 'shipping', type: 'errors', fromMs: 0, strength: 100 }] }
    expect(results(given)).toHaveLength(1)
    expect(results(given)[0]).toMatch(/^1000 failed\/deadline /)
    expect(notes(given).find((note) => note.startsWith('aborted'))).toBe('aborted at ship_order (deadline passed) -> undo.refund_customer.running')
  })

  test('by hand is refused, as the client sees it; a second one changes nothing', () => {
    const once = results({ more: { interventions: [cancel(1_500)] } })
    expect(once).toEqual(['1000 rejected/refused 1400'])
    expect(results({ more: { interventions: [cancel(1_500), cancel(1_600)] } })).toEqual(once)
  })

  test('by hand may concern one saga alone', () => {
    expect(counts({ untilMs: 3_000, more: { interventions: [cancel(3_100, 3)] } })).toMatchObject({ completed: 2, compensated: 1 })
  })

  test('while an entry is written waits for it', () => {
    const given: Given = { log: { latency: { type: 'constant', ms: 100 } }, more: { interventions: [cancel(1_050)] } }
    expect(notes(given).slice(0, 4)).toEqual([
      'saga starts -> reserve_inventory.running',
      'log: reserve_inventory is to be sent, attempt 1',
      'aborted at reserve_inventory (refused) -> undo.release_inventory.running',
      'log: release_inventory is to be sent, attempt 1',
    ])
    expect(counts(given)).toMatchObject({ compensated: 1 })
  })
})

describe('the log', () => {
  test('that fails is written to again', () => {
    expect(results({ log: {}, faults: [{ node: 'log', type: 'crash', fromMs: 900, toMs: 1_500 }] })).toEqual(['1000 ok 2700'])
  })

  test('that does not survive: the saga starts again, with the same operations', () => {
    const given: Given = { saga: { logDurable: false }, faults: [{ node: 'saga', type: 'crash', fromMs: 1_600, toMs: 2_000 }] }
    expect(results(given)).toEqual(['1000 ok 3100'])
    expect(tale(orders(given))).toContain('reserve_inventory of 1: duplicate suppressed')
  })
})

describe('local steps', () => {
  const local: SagaStep[] = [{ ...changed({})[2]!, name: 'compute', kind: 'retriable', effect: 'none', local: { type: 'constant', ms: 200 } }]

  test('run inside the orchestrator, die with it, and run again from their start', () => {
    expect(results({ saga: { steps: local } })).toEqual(['1000 ok 200'])
    expect(results({ saga: { steps: local }, faults: [{ node: 'saga', type: 'crash', fromMs: 1_150, toMs: 1_500 }] })).toEqual(['1000 ok 700'])
  })

  test('that take too long fail, without doubt: they are one transaction with their entry', () => {
    const steps = [{ ...local[0]!, startToCloseMs: 150, retry: { ...retry, maximumAttempts: 2 } }]
    expect(results({ saga: { steps } })).toEqual(['1000 failed/timeout 500'])
  })
})

describe('crashes', () => {
  test('while it is down nobody is let in', () => {
    expect(results({ faults: [{ node: 'saga', type: 'crash', fromMs: 500, toMs: 1_500 }], untilMs: 2_000 })).toEqual(['1000 failed/crashed 0', '2000 ok 2100'])
  })

  test('may be over at once', () => {
    const run = runBlueprint(orders({ saga: { crashesPerSecond: 2, restartMs: 0 } }), { keepTrace: false })
    expect(run.transitions.filter(({ to }) => to === 'down').length).toBeGreaterThan(0)
    expect(run.counts['sagas']).toMatchObject({ completed: 1 })
  })

  test('at random come per second of work, and never while there is none', () => {
    const run = runBlueprint(orders({ saga: { crashesPerSecond: 0.5, restartMs: 500 }, untilMs: 300_000, everyMs: 30_000, more: { durationMs: 400_000 } }), { keepTrace: false })
    const downs = run.transitions.filter(({ node, to }) => node === 'saga' && to === 'down').map(({ atUs }) => atUs)
    // Ten orders of two seconds and what crashes add to them: some ten crashes, none of them far from an order.
    expect(downs.length).toBeGreaterThan(3)
    expect(downs.length).toBeLessThan(30)
    expect(downs.every((atUs) => atUs % 30e6 < 15e6)).toBe(true)
    expect(run.violations).toEqual([])
    expect(run.counts['sagas']).toMatchObject({ started: 10, completed: 10 })
  })
})

test('a saga that is wrong does not start; everything else runs', () => {
  const of = orders({})
  const nodes = of.nodes.map((node) => (node.id === 'saga' ? { ...node, config: { ...node.config, steps: [changed({})[2], changed({})[2]] } } : node))
  const run = runBlueprint({ ...of, nodes }, { keepTrace: false })
  expect(run.requests).toMatchObject({ offered: 1, rejected: 1 })
  expect(run.counts['sagas']).toMatchObject({ started: 0 })
})

test('a fallback is somebody else’s answer: the step failed', () => {
  const of = orders({})
  const breaker = { ...of.nodes.find(({ id }) => id === 'client')!, id: 'breaker', kind: 'circuit-breaker', config: { initialState: 'FORCED_OPEN', fallbackOn: 'rejected' } }
  const edges = [
    ...of.edges.map((edge) => (edge.to === 'inventory' ? { ...edge, to: 'breaker' } : edge)),
    { ...of.edges[0]!, id: 'breaker-inventory', from: 'breaker', to: 'inventory' },
  ]
  const filled = { ...breaker, config: { ...findPattern('circuit-breaker')!.defaults as object, ...breaker.config } }
  expect(resultLines(runWhole({ ...of, nodes: [...of.nodes, filled], edges }))).toEqual(['1000 failed/breakerOpen 600'])
})
