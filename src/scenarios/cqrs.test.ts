import { expect, test } from 'vitest'
import type { Blueprint } from '../model/blueprint.ts'
import type { ProjectionFacts } from '../patterns/cqrs/facts.ts'
import { runBlueprint, type RunResult } from '../player/run.ts'
import { findScenario } from './index.ts'

const opening = findScenario('orders-cqrs')!.blueprint
const run = (of: Blueprint): RunResult => runBlueprint(of, { keepTrace: false })

function factsAt(result: RunResult, of: Blueprint, atMs: number): ProjectionFacts {
  return result.observers.facts(of.nodes.findIndex(({ kind }) => kind === 'projector'), atMs * 1_000, 0) as ProjectionFacts
}

/** The scenario with one setting changed, as its tries do. */
function changed(of: Blueprint, node: string, settings: Record<string, unknown>): Blueprint {
  return { ...of, nodes: of.nodes.map((each) => (each.id === node ? { ...each, config: { ...each.config, ...settings } } : each)) }
}

test('written, not yet readable: lag grows to about fifteen, heals by nine seconds; drift comes of one event twice and goes with a rebuild', () => {
  const result = run(opening)
  const at = (ms: number): ProjectionFacts => factsAt(result, opening, ms)
  expect(at(3_900).lagEvents).toBeLessThanOrEqual(1)
  expect(at(6_999).lagEvents).toBeGreaterThanOrEqual(14)
  expect(at(6_999).lagEvents).toBeLessThanOrEqual(16)
  expect(at(6_999).lagMs).toBeGreaterThan(2_700)
  expect([at(8_600).lagEvents > 0, at(9_005).lagEvents]).toEqual([true, 0])
  expect([at(9_005).drift, at(10_900).drift]).toEqual([0, 0])
  expect([at(11_400).lagEvents, at(11_400).drift, at(13_999).drift]).toEqual([0, 1, 1])
  expect([at(15_900).lagEvents, at(15_900).drift, at(15_900).rebuilds]).toEqual([0, 0, 1])
})

test('written, not yet readable: the pinned key says so', () => {
  const { pinned } = factsAt(run(opening), opening, 6_900)
  expect([pinned!.written.version, pinned!.read.version, pinned!.behind]).toEqual([7, 4, 3])
  expect(pinned!.between.map(({ version, outcome }) => [version, outcome])).toEqual([[5, 'pending'], [6, 'pending'], [7, 'pending']])
})

test('written, not yet readable: its tries mend it', () => {
  const idempotent = changed(opening, 'projector', { idempotency: 'version-check' })
  expect(factsAt(run(idempotent), idempotent, 13_900)).toMatchObject({ drift: 0, duplicates: { applied: 0, suppressed: 1 } })
  const patient = changed(opening, 'queries', { strategy: 'wait-for-version', waitTimeoutMs: 5_000 })
  expect(factsAt(run(opening), opening, 13_900).readYourWriteViolations).toBeGreaterThan(50)
  expect(factsAt(run(patient), patient, 13_900).readYourWriteViolations).toBe(0)
})

test('slower than the writes: lag grows to the end', () => {
  const { blueprint } = findScenario('projector-too-slow')!
  const result = run(blueprint)
  const lags = [4_000, 8_000, 12_000, 16_000].map((ms) => factsAt(result, blueprint, ms).lagEvents)
  expect(lags).toEqual(lags.toSorted((left, right) => left - right))
  expect(lags[3]).toBeGreaterThan(lags[0]! + 4)
})

test('one poison event: stop makes everybody old, skip makes one key wrong, parking its sequence leaves the others right', () => {
  const { blueprint } = findScenario('poison-event')!
  const under = (onError: string): ProjectionFacts => {
    const of = changed(blueprint, 'projector', { onError })
    return factsAt(run(of), of, 10_900)
  }
  expect(under('stop')).toMatchObject({ drift: 0, deadLetters: 0 })
  expect(under('stop').lagEvents).toBeGreaterThan(25)
  expect(under('skip')).toMatchObject({ drift: 1, skipped: 1 })
  expect(under('skip').lagEvents).toBeLessThan(2)
  const parked = under('park-sequence')
  expect(parked).toMatchObject({ drift: 1, skipped: 0 })
  expect(parked.deadLetters).toBeGreaterThan(1)
})

test('a gap in the log: who waits gets everything, who reads on loses the event', () => {
  const { blueprint } = findScenario('gap-in-the-log')!
  expect(factsAt(run(blueprint), blueprint, 16_000)).toMatchObject({ drift: 0, lagEvents: 0 })
  const hasty = changed(blueprint, 'projector', { gapHandling: 'ignore' })
  const result = run(hasty)
  expect(factsAt(result, hasty, 16_000)).toMatchObject({ drift: 1, lagEvents: 0 })
  expect(result.violations.map(({ invariant }) => invariant)).toContain('event lost')
})

test('read your own write: mostly broken, and mended by each of the tries', () => {
  const { blueprint } = findScenario('read-your-own-write')!
  expect(factsAt(run(blueprint), blueprint, 12_000).readYourWriteViolations).toBeGreaterThan(30)
  for (const [node, settings] of [['queries', { strategy: 'wait-for-version' }], ['queries', { strategy: 'return-from-command' }], ['projector', { lifecycle: 'inline' }]] as const) {
    const of = changed(blueprint, node, settings)
    expect(factsAt(run(of), of, 12_000).readYourWriteViolations, JSON.stringify(settings)).toBe(0)
  }
})
