import { describe, expect, test } from 'vitest'
import { blueprint, chain, node } from '../sim/testing/blueprints.ts'
import { applyCommand } from './apply.ts'
import { faultAt, placeOf, type FaultPlace } from './faults.ts'
import { createEditorStore } from './store.ts'

const shop = blueprint([node('web', 'client', { requestTypes: [{ name: 'pay', share: 1 }] }), node('api', 'service'), node('guard', 'circuit-breaker'), node('db', 'service')], chain('web', 'api', 'guard', 'db'), {
  durationMs: 10_000,
  faults: [{ node: 'db', type: 'hang', fromMs: 1_000, toMs: 3_000 }, { node: 'api', type: 'slow', fromMs: 8_000, strength: 5 }],
  interventions: [
    { what: 'fault', atMs: 2_000, node: 'api', type: 'errors', forMs: 500.1, strength: 50 },
    { what: 'signal', atMs: 4_000, node: 'guard', signal: { type: 'FORCE', to: 'OPEN' } },
    { what: 'fault', atMs: 5_000, node: 'db', type: 'crash', forMs: 1_000 },
  ],
})
const planned = (index: number): FaultPlace => ({ list: 'faults', index })
const byHand = (index: number): FaultPlace => ({ list: 'interventions', index })
const hang = shop.faults[0]!

describe('changing a fault', () => {
  test('gives it another target, kind, time, strength and limits', () => {
    const fault = { node: 'api', type: 'errors', fromMs: 0, toMs: 9_000, strength: 20, requestType: 'pay', times: 3 }
    expect(applyCommand(shop, { type: 'set-fault', place: planned(0), fault }).faults).toEqual([fault, shop.faults[1]])
  })

  test('by hand keeps what is done in order of time', () => {
    const errors = faultAt(shop, byHand(0))!
    expect(errors).toEqual({ node: 'api', type: 'errors', fromMs: 2_000, toMs: 2_500.1, strength: 50 })
    const after = applyCommand(shop, { type: 'set-fault', place: byHand(0), fault: { ...errors, fromMs: 6_000, toMs: 6_500.1 } })
    expect(after.interventions.map(({ atMs }) => atMs)).toEqual([4_000, 5_000, 6_000])
    expect(after.interventions[2]).toEqual({ what: 'fault', atMs: 6_000, node: 'api', type: 'errors', forMs: 500.1, strength: 50 })
    expect(placeOf(after, 'interventions', { ...errors, fromMs: 6_000, toMs: 6_500.1 })).toEqual(byHand(2))
  })

  test.each([
    ['nobody', planned(0), { ...hang, node: 'nobody' }],
    ['who has no such fault', planned(0), { ...hang, node: 'guard' }],
    ['an end before the beginning', planned(0), { ...hang, toMs: 999 }],
    ['more than there is', planned(1), { ...shop.faults[1]!, strength: 0.5 }],
    ['single calls where it strikes the whole', planned(0), { ...hang, times: 1 }],
    ['calls that nobody makes', planned(0), { ...hang, type: 'reject', requestType: 'refund' }],
    ['half a call', planned(0), { ...hang, type: 'reject', times: 1.5 }],
    ['no end, by hand', byHand(2), { node: 'db', type: 'crash', fromMs: 5_000 }],
    ['a signal', byHand(1), hang],
    ['what is not there', planned(2), hang],
    ['nothing else', planned(0), { ...hang, strength: undefined }],
  ])('to %s changes nothing', (_name, place, fault) => {
    expect(applyCommand(shop, { type: 'set-fault', place, fault })).toBe(shop)
  })
})

test('a copy follows right after, or lies on the first where the run is over', () => {
  expect(applyCommand(shop, { type: 'duplicate-fault', place: planned(0) }).faults[2]).toEqual({ ...hang, fromMs: 3_000, toMs: 5_000 })
  expect(applyCommand(shop, { type: 'duplicate-fault', place: planned(1) }).faults[2]).toEqual(shop.faults[1])
  expect(applyCommand(shop, { type: 'duplicate-fault', place: byHand(0) }).interventions.map(({ atMs }) => atMs)).toEqual([2_000, 2_500.1, 4_000, 5_000])
  expect(applyCommand(shop, { type: 'duplicate-fault', place: byHand(1) })).toBe(shop)
})

test('what is removed is gone, and signals are none of it', () => {
  expect(applyCommand(shop, { type: 'remove-fault', place: planned(0) }).faults).toEqual([shop.faults[1]])
  expect(applyCommand(shop, { type: 'remove-fault', place: byHand(2) }).interventions).toEqual(shop.interventions.slice(0, 2))
  expect(applyCommand(shop, { type: 'remove-fault', place: byHand(1) })).toBe(shop)
})

test('undo names what was done', () => {
  const { getState } = createEditorStore(shop, undefined)
  getState().dispatch({ type: 'set-fault', place: planned(0), fault: { ...hang, fromMs: 0 } })
  getState().dispatch({ type: 'set-fault', place: planned(0), fault: { ...hang, fromMs: 500 }, how: 'move fault' }, 'keys')
  getState().dispatch({ type: 'set-fault', place: planned(0), fault: { ...hang, fromMs: 600 }, how: 'move fault' }, 'keys')
  getState().dispatch({ type: 'duplicate-fault', place: planned(0) })
  getState().dispatch({ type: 'remove-fault', place: planned(0) })
  expect(getState().past.map(({ label }) => label)).toEqual(['change of fault', 'move fault', 'duplicate fault', 'remove fault'])
})
