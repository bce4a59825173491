import { describe, expect, test } from 'vitest'
import type { Blueprint } from '../model/blueprint.ts'
import { withSetting } from '../model/settings.ts'
import { defined } from '../base/assert.ts'
import type { SagaFacts } from '../patterns/saga/facts.ts'
import { runBlueprint, type RunResult } from '../player/run.ts'
import { findScenario } from './index.ts'

const scenario = (id: string): Blueprint => defined(findScenario(id), id).blueprint
const run = (of: Blueprint): RunResult => runBlueprint(of, { keepTrace: false })
const rules = (result: RunResult): [number, string][] => result.violations.map(({ atUs, invariant }) => [atUs / 1_000, invariant])

/** The lesson's nth try, as the page does it. */
function tried(of: Blueprint, nth = 0): Blueprint {
  const given = of.lesson?.tries[nth]
  if (given?.action !== 'set') throw new Error('the try sets nothing')
  const nodes = of.nodes.map((node) => {
    if (node.id !== given.node) return node
    return { ...node, config: { ...node.config, [given.field]: withSetting(node.config[given.field], given.path, given.value) } }
  })
  return { ...of, nodes }
}

/** What the orchestrator's observer tells of a request's saga at a time. */
function factsAt(of: Blueprint, request: number, atMs: number): SagaFacts {
  return run(of).observers.facts(of.nodes.findIndex(({ id }) => id === 'saga'), atMs * 1_000, request) as SagaFacts
}

/** `charge_customer 1 success 4500`: what, which attempt, how it ended and when. */
function attempts(of: Blueprint, request: number): string[] {
  const followed = factsAt(of, request, of.durationMs).followed!
  return followed.segments.map(({ step, undo, attempt, outcome, toUs }) => {
    const { name, compensation } = followed.steps[step]!
    return `${undo ? compensation : name} ${attempt} ${outcome} ${(toUs ?? NaN) / 1_000}`
  })
}

describe('the courier says no', () => {
  const opening = scenario('order-saga')

  test('the order of 3.5 s is rejected at 5.3 s, refunded at 5.8 s, released at 6.2 s', () => {
    expect(attempts(opening, 5)).toEqual([
      'reserve_inventory 1 success 3900',
      'charge_customer 1 success 4500',
      'ship_order 1 rejected 5300',
      'refund_customer 1 success 5800',
      'release_inventory 1 success 6200',
    ])
    expect(factsAt(opening, 5, 6_200).followed).toMatchObject({ state: 'compensated', machineState: 'compensated', endedUs: 6_200_000 })
  })

  test('the order of 8.4 s is unknown at 10.9 s, is asked again with the same key, ships once and completes at 12.0 s', () => {
    expect(attempts(opening, 12).slice(2)).toEqual(['ship_order 1 unknown 10900', 'ship_order 2 success 11700', 'complete_order 1 success 12000'])
    expect(factsAt(opening, 12, 11_000).followed).toMatchObject({ state: 'running', machineState: 'ship_order.unknown' })
    expect(factsAt(opening, 12, 11_000).steps.find(({ name }) => name === 'ship_order')!.counts.unknown).toBe(1)
    const end = run(opening)
    expect(end.counts['sagas']).toEqual({ started: 21, completed: 14, compensated: 4, parked: 0, inFlight: 3 })
    expect(end.violations).toEqual([])
  })

  test('its ledger balances at every moment', () => {
    for (let atMs = 0; atMs <= 15_000; atMs += 250) {
      const { onHand, reserved, shipped } = factsAt(opening, 0, atMs).ledger
      expect(onHand + reserved + shipped, `${atMs} ms`).toBe(1_000)
    }
    expect(factsAt(opening, 0, 5_300).ledger).toMatchObject({ charged: 600, refunded: 0, shipped: 4, exposed: 200 })
  })

  test('compensated when unknown it is shipped and refunded, and told so in money', () => {
    const { violations } = run(tried(opening))
    expect(violations).toEqual([
      {
        atUs: 11_400_000, invariant: 'shipped and refunded', node: 'saga', request: 12,
        why: 'Request 12: refund_customer took effect after ship_order had: 100 € given back for goods that are gone.',
      },
    ])
  })
})

test('nothing to undo: the refund changes nothing; without the guard money is given back that was never charged', () => {
  const of = scenario('null-compensation')
  const { followed } = factsAt(of, 5, 6_300)
  expect(followed?.steps.map(({ state }) => state)).toEqual(['compensated', 'null_compensated', 'skipped', 'skipped'])
  expect([rules(run(of)), rules(run(tried(of)))]).toEqual([[], [[5_900, 'refund without charge']]])
})

test('the charge that came too late does nothing; without the guard it stays charged', () => {
  const of = scenario('hanging-action')
  expect([rules(run(of)), rules(run(tried(of)))]).toEqual([[], [[7_000, 'charged, neither shipped nor refunded']]])
})

test('the refund that fails: parked, never compensated; retried for ever it is; skipped, the stock comes back and it is parked', () => {
  const of = scenario('compensation-parked')
  const statesAtEnd = (blueprint: Blueprint): unknown => factsAt(blueprint, 5, 13_000).followed?.steps.map(({ state }) => state).slice(0, 2)
  const counts = [of, tried(of), tried(of, 1)].map((each) => run(each).counts['sagas'])
  expect(counts.map((each) => [each?.['parked'], each?.['compensated']])).toEqual([[1, 0], [0, 1], [1, 0]])
  expect(statesAtEnd(of)).toEqual(['succeeded', 'compensation_failed'])
  expect(statesAtEnd(tried(of, 1))).toEqual(['compensated', 'compensation_failed'])
  expect(run(of).violations).toEqual([])
})

test('the orchestrator forgets: its log knows what was sent; logging afterwards leaves a charge behind', () => {
  const of = scenario('orchestrator-crash')
  expect([rules(run(of)), rules(run(tried(of)))]).toEqual([[], [[5_900, 'charged, neither shipped nor refunded']]])
})

test('a breaker under the charge: sagas roll back in a second instead of more than two', () => {
  const of = scenario('breaker-under-saga')
  const without = { ...of, nodes: of.nodes.map((node) => (node.id === 'breaker' ? { ...node, bypassed: true } : node)) }
  // Of the order of 6 s; its stock is reserved by 6.4 s.
  const tookMs = [of, without].map((each) => {
    const { startedUs, endedUs } = factsAt(each, 20, 16_000).followed!
    return (endedUs! - startedUs) / 1_000
  })
  expect(tookMs).toEqual([1_400, 3_200])
  expect(run(of).violations).toEqual([])
})
