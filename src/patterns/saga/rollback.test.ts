import { expect, test } from 'vitest'
import { runWhole, resultLines } from '../../sim/testing/blueprints.ts'
import { sagaDefaults } from './config.ts'
import { brokenPromises, talesOf, type Tale } from './testing/judge.ts'
import { changed, orders, type Given } from './testing/orders.ts'

const [RESERVE] = [0]
const local = { type: 'constant', ms: 400 } as const
const cancel = (atMs: number): Record<string, unknown> => ({ interventions: [{ what: 'signal', node: 'saga', atMs, signal: { type: 'CANCEL' } }] })

/** The only saga's end and effects, after a look at its promises. */
function ended(given: Given): Pick<Tale, 'end' | 'effects'> {
  const of = orders(given)
  const { records, names, violations } = runWhole(of)
  const [tale] = talesOf(records, names.nodes.indexOf('saga'))
  expect([...brokenPromises(tale!, { ...sagaDefaults, ...given.saga }), ...violations]).toEqual([])
  return { end: tale!.end, effects: tale!.effects }
}

test('what the orchestrator did itself is undone at a participant that never heard of it', () => {
  const given: Given = { saga: { steps: changed({ 0: { local } }) }, faults: [{ node: 'payment', type: 'reject', fromMs: 0 }] }
  expect(ended(given)).toEqual({ end: 'compensated', effects: [{ step: RESERVE, undo: false }, { step: RESERVE, undo: true }] })
})

test('what is stopped inside the orchestrator has not happened, so nothing undoes it', () => {
  const given: Given = { saga: { steps: changed({ 0: { local } }) }, more: cancel(1_200) }
  expect(ended(given)).toEqual({ end: 'compensated', effects: [] })
})

test('an abort while an entry waits for its log does not keep the entry from being written', () => {
  const down = { node: 'log', type: 'crash', fromMs: 1_200, toMs: 3_000 }
  const given: Given = { saga: { deadlineMs: 1_050 }, log: {}, faults: [down] }
  expect(ended(given).end).toBe('compensated')
})

test('of two aborts while an entry is written the first is the reason', () => {
  const down = { node: 'log', type: 'crash', fromMs: 1_200, toMs: 3_000 }
  const given: Given = { saga: { deadlineMs: 1_000 }, log: {}, faults: [down], more: cancel(1_900) }
  expect(resultLines(runWhole(orders(given)))[0]).toMatch(/^1000 rejected\/refused /)
})

test('a query that comes twice breaks nothing', () => {
  const steps = changed({ 0: { kind: 'query', effect: 'none', idempotencyKey: 'none' } })
  const given: Given = { saga: { steps, deduplicate: false }, faults: [{ node: 'inventory', type: 'duplicate', fromMs: 0 }] }
  expect(ended(given).end).toBe('completed')
})

test('a query inside the orchestrator does nothing that counts, for no saga', () => {
  const given: Given = { saga: { steps: changed({ 0: { kind: 'query', effect: 'none', local } }) }, everyMs: 100, untilMs: 10_000 }
  const { records, names, violations } = runWhole(orders(given))
  const tales = talesOf(records, names.nodes.indexOf('saga'))
  expect(violations).toEqual([])
  expect(new Set(tales.map(({ end, effects }) => `${end}: ${effects.map(({ step }) => step).join(' ')}`))).toEqual(new Set(['completed: 1 2 3']))
})
