import { expect, it } from 'vitest'
import { sagaDefaults, type SagaConfig } from '../../patterns/saga/config.ts'
import { loadCode, packagesOf, type Module } from '../../proof/load.ts'
import { sagaSubject } from '../../proof/saga.ts'
import { Turns } from '../../proof/turns.ts'
import { generateSnippet } from '../index.ts'
import type { SagaRun } from '../recorded.ts'
import { sagaBlueprint } from '../testing/saga-nodes.ts'
import { everySagaShape } from '../testing/saga-shapes.ts'
import { sagaEdges } from './edges.ts'
import { rehearse } from './rehearsal.ts'
import { sagaSettings, type RetrySettings } from './settings.ts'

/** All take minutes; this step meets every value of every dimension. */
const EACH = 7
const TARGETS = ['zero-dep', 'xstate'] as const

/** Where the code of a config and these runs differ first. */
async function divergenceOf(config: Partial<SagaConfig>, runs: readonly SagaRun[], target: (typeof TARGETS)[number]) {
  const turns = new Turns()
  const packages = await packagesOf(target)
  const load = (text: string): Module => loadCode(text, packages, turns.next)
  const blueprint = sagaBlueprint(config)
  const { code } = generateSnippet(blueprint, 'saga', { target })!
  const setting = { blueprint, node: blueprint.nodes[0]!, target, run: { breakers: {}, sagas: { saga: { runs, leftOut: 0 } } }, load, turn: turns.next }
  const { divergence } = await sagaSubject.compare(load(code), setting, false)
  turns.close()
  return divergence
}

/** The runs that a config's machine makes of it. */
function edgesOf(config: Partial<SagaConfig>): readonly SagaRun[] {
  return sagaEdges(sagaSettings(sagaBlueprint(config).nodes[0]!))
}

function withSteps(change: Partial<SagaConfig['steps'][number]>, retry: Partial<RetrySettings>): Partial<SagaConfig> {
  return { steps: sagaDefaults.steps.map((step) => ({ ...step, ...change, retry: { ...step.retry, ...retry } as typeof step.retry })) }
}

it('the code of every sort of config keeps to its edges, crashes included', async () => {
  const ends = new Map<string, number>()
  for (const shape of everySagaShape().filter((_, index) => index % EACH === 0)) {
    const runs = edgesOf(shape)
    for (const { outcome = 'unfinished' } of runs) ends.set(outcome, (ends.get(outcome) ?? 0) + 1)
    expect(await divergenceOf(shape, runs, 'zero-dep'), JSON.stringify(shape)).toBeUndefined()
  }
  for (const end of ['completed', 'compensated', 'parked']) expect(ends.get(end) ?? 0, end).toBeGreaterThan(300)
}, 200_000)

it.each(TARGETS)('the code asks again after a failure for a reason of no name, even where an error ends it all (%s)', async (target) => {
  const config = withSteps({}, { nonRetryableErrors: ['declined', 'error'] })
  const settings = sagaSettings(sagaBlueprint(config).nodes[0]!)
  const [stale, error] = [rehearse(settings, { 0: ['stale', 'done'] }), rehearse(settings, { 0: ['error'] })]
  expect([stale.outcome, error.outcome]).toEqual(['completed', 'compensated'])
  expect(await divergenceOf(config, [stale, error], target)).toBeUndefined()
}, 20_000)

it.each(TARGETS)('a crash after an intent comes after it, where the attempt before was not answered (%s)', async (target) => {
  const config = withSteps({ startToCloseMs: 1 }, { maximumAttempts: 0, maximumIntervalMs: 50 })
  expect(await divergenceOf(config, edgesOf(config), target)).toBeUndefined()
}, 60_000)

it.each(TARGETS)('nothing is tried again when the time of all attempts is over, even where it would follow at once (%s)', async (target) => {
  const config = withSteps({ startToCloseMs: undefined, scheduleToCloseMs: 100 }, { initialIntervalMs: 0, maximumAttempts: 0 })
  const runs = edgesOf(config)
  const unanswered = runs.filter(({ happenings }) => happenings.some((one) => one.what === 'call' && !one.undo && one.answer === undefined && one.atMs === 0))
  for (const { happenings } of unanswered) expect(happenings.filter((one) => one.what === 'call' && one.step === 0 && !one.undo)).toHaveLength(1)
  expect(unanswered.length).toBeGreaterThan(0)
  expect(await divergenceOf(config, runs, target)).toBeUndefined()
}, 20_000)

it.each(TARGETS)('a deadline that comes too late makes nobody wait twice (%s)', async (target) => {
  const config = { deadlineMs: 300 }
  expect(await divergenceOf(config, edgesOf(config), target)).toBeUndefined()
}, 20_000)

it.each(TARGETS)('a pivot under way at the deadline is not tried again once it is known not to have happened (%s)', async (target) => {
  const config = { deadlineMs: 25 }
  expect(await divergenceOf(config, edgesOf(config), target)).toBeUndefined()
}, 20_000)

it.each(TARGETS)('a run that ends while a call is awaited says nothing of what comes after, where its log took time (%s)', async (target) => {
  const call = { what: 'call', undo: false, isStatus: false } as const
  const reserve = { ...call, atMs: 400, step: 0, endMs: 440, answer: 'done' }
  const run: SagaRun = { startedMs: 0, happenings: [reserve, { ...call, atMs: 2_500, step: 1 }], draws: [], endMs: 2_500, isTimed: false }
  const config = withSteps({ compensation: undefined }, { maximumAttempts: 1 })
  expect(await divergenceOf(config, [run], target)).toBeUndefined()
  // What was asked for by then counts as ever.
  const other: SagaRun = { ...run, happenings: [reserve, { ...call, atMs: 2_500, step: 2 }] }
  expect(await divergenceOf(config, [other], target)).toMatchObject({ actual: expect.stringContaining('chargeCustomer') as string })
}, 20_000)
