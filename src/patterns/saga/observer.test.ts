import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import { compileBlueprint } from '../../model/compile.ts'
import { createObservers } from '../../player/observe.ts'
import { runBlueprint } from '../../player/run.ts'
import { RECORD_WORDS, recordTimeUs } from '../../sim/record.ts'
import { holds } from '../../sim/testing/property.ts'
import type { SagaFacts } from './facts.ts'
import { Tally } from './tally.ts'
import { changed, orders } from './testing/orders.ts'

const BUCKET_US = 100_000

/** Refusals, lost replies, a refund that fails, crashes. */
const BUSY = orders({
  saga: { crashesPerSecond: 0.1, steps: changed({ 1: { compensation: { name: 'refund_customer', retry: changed({})[0]!.retry } } }) },
  everyMs: 300,
  untilMs: 8_000,
  faults: [
    { node: 'shipping', type: 'reject', fromMs: 2_000, toMs: 4_000 },
    { node: 'shipping', type: 'lose-replies', fromMs: 5_000, toMs: 6_000 },
    { node: 'payment', type: 'errors', requestType: 'refund_customer', fromMs: 2_500, toMs: 4_500, strength: 100 },
  ],
})

/** What the observer tells of a moment, having read up to another one. */
function told(of: Blueprint, chunks: readonly Int32Array[], readUs: number, nowUs: number, watched: number): SagaFacts {
  const observers = createObservers(of, compileBlueprint(of), BUCKET_US)
  let first = 0
  for (const words of chunks) {
    let length = 0
    while (length < words.length && recordTimeUs(words, length) <= readUs) length += RECORD_WORDS
    observers.add(first, words.subarray(0, length))
    first += length / RECORD_WORDS
  }
  return observers.facts(1, nowUs, watched) as SagaFacts
}

test('what is told of a moment is the same whether the run went on from there or not', () => {
  const { trace } = runBlueprint(BUSY, { keepTrace: true })
  holds(
    fc.property(fc.integer({ min: 0, max: 20_000_000 }), fc.integer({ min: 1, max: 26 }), (nowUs, watched) => {
      expect(told(BUSY, trace, 20e6, nowUs, watched)).toEqual(told(BUSY, trace, nowUs, nowUs, watched))
    }),
    { runs: 40 },
  )
})

test('counts agree with one another at every moment, and stock neither appears nor vanishes', () => {
  const { trace } = runBlueprint(BUSY, { keepTrace: true })
  for (let nowUs = 0; nowUs <= 20e6; nowUs += 500_000) {
    const { counts, steps, ledger } = told(BUSY, trace, 20e6, nowUs, 0)
    expect(counts.completed + counts.compensated + counts.parked + counts.inFlight).toBe(counts.started)
    for (const step of steps) expect(Object.values(step.counts).reduce((sum, count) => sum + count, 0), step.name).toBe(counts.inFlight + counts.parked)
    expect(ledger.onHand + ledger.reserved + ledger.shipped).toBe(1_000)
  }
})

test('one saga is told with its attempts, its log and what a rollback would undo', () => {
  const of = orders({ faults: [{ node: 'shipping', type: 'lose-replies', times: 1, fromMs: 0 }] })
  const { observers } = runBlueprint(of, { keepTrace: false })
  const at = (nowMs: number): SagaFacts => observers.facts(1, nowMs * 1_000, 1) as SagaFacts
  expect(at(500).followed).toBeUndefined()
  expect(at(1_500).followed).toMatchObject({ request: 1, state: 'running', machineState: 'charge_customer.running', startedUs: 1e6, endedUs: undefined })
  expect(at(1_500).followed?.steps.map(({ state, attempts, registered }) => [state, attempts, registered])).toEqual([
    ['succeeded', 1, true], ['running', 1, true], ['pending', 0, false], ['pending', 0, false],
  ])
  expect(at(3_600).followed?.segments.slice(2)).toEqual([
    { step: 2, undo: false, attempt: 1, what: 'attempt', fromUs: 2_000_000, toUs: 3_500_000, outcome: 'unknown', reason: 'timeout' },
  ])
  expect(at(3_800).followed?.segments.at(-1)).toMatchObject({ step: 2, attempt: 2, toUs: undefined, outcome: undefined })
  expect(at(3_800).followed?.log.map(({ text }) => text).slice(-3)).toEqual(['ship_order: intent', 'ship_order: unknown (timeout)', 'ship_order: intent'])
  expect(at(3_800).recent).toEqual([{ request: 1, state: 'running', step: 'ship_order', sinceUs: 3_700_000 }])
})

test('exposure is money times the time it was neither shipped nor refunded', () => {
  const { observers } = runBlueprint(orders(), { keepTrace: false })
  // Charged at 2.0 s, shipped at 2.8 s.
  expect((observers.facts(1, 2_400_000, 0) as SagaFacts).ledger).toMatchObject({ charged: 100, exposed: 100, exposure: 40 })
  expect((observers.facts(1, 9_000_000, 0) as SagaFacts).ledger).toMatchObject({ charged: 100, exposed: 0, exposure: 80, shipped: 1 })
})

test('charts count what ended per second, and what is exposed', () => {
  const [ended, exposure] = runBlueprint(orders(), { keepTrace: false }).observers.charts(20e6)
  const completed = ended!.lines.find(({ key }) => key === 'completed')!.values
  // One saga, told over the second after its end, in quarters.
  expect(completed.filter((value) => value > 0)).toEqual([1, 1, 1, 1])
  expect(exposure!.lines[0]!.values.some((value) => value === 100)).toBe(true)
})

describe('what must never be', () => {
  const rules = (of: Blueprint): [number, string, string][] =>
    runBlueprint(of, { keepTrace: false }).violations.map(({ atUs, invariant, why }) => [atUs / 1_000, invariant, why])
  const off = { deduplicate: false, nullCompensation: false, antiHanging: false }
  const once = (node: string, type: string, requestType: string): object => ({ node, type, requestType, times: 1, fromMs: 0 })

  test('a charge that takes effect twice', () => {
    const steps = changed({ 1: { idempotencyKey: 'none' } })
    expect(rules(orders({ saga: { ...off, steps }, faults: [once('payment', 'duplicate', 'charge_customer')] }))).toEqual([
      [2_000, 'done twice', 'Request 1: charge_customer took effect 2 times: 100 € taken too often.'],
    ])
  })

  test('a release of what was never reserved', () => {
    const steps = changed({ 0: { onUnknown: 'compensate' } })
    expect(rules(orders({ saga: { ...off, steps }, faults: [once('inventory', 'lose-calls', 'reserve_inventory')] }))).toEqual([
      [2_900, 'released more than reserved', 'Request 1: release_inventory took effect though reserve_inventory never did: an item released that was never reserved.'],
    ])
  })

  test('stock that stays reserved after a rollback', () => {
    const steps = changed({ 0: { onUnknown: 'compensate' } })
    expect(rules(orders({ saga: { register: 'after-success', steps }, faults: [once('inventory', 'lose-replies', 'reserve_inventory')] }))).toEqual([
      [2_500, 'stock leaked', 'Request 1: the saga was rolled back, yet the item that reserve_inventory reserved stays reserved.'],
    ])
  })

  test('goods that leave after the rollback began', () => {
    const steps = changed({ 2: { onUnknown: 'compensate' } })
    const late = { node: 'shipping', type: 'delay', requestType: 'ship_order', times: 1, fromMs: 0, strength: 3_000 }
    expect(rules(orders({ saga: { steps }, faults: [late] })).map(([atMs, rule]) => [atMs, rule])).toEqual([[5_800, 'shipped after abort']])
  })
})

test('counters can be read as they were at any time, beyond their checkpoints too', () => {
  const tally = new Tally([0, 5])
  for (let time = 1; time <= 1_000; time += 1) tally.move(time, time % 2 === 0 ? 0 : -1, 1)
  expect(tally.at(0)).toEqual([0, 5])
  expect(tally.at(700)).toEqual([-350, 705])
  expect(tally.at(1_000)).toEqual([-500, 1_005])
})
