import { describe, expect, it } from 'vitest'
import { sagaDefaults } from '../../patterns/saga/config.ts'
import { planExport, type RecordedRun } from './index.ts'
import { rehearse } from '../saga/rehearsal.ts'
import { sagaSettings } from '../saga/settings.ts'
import { breakerBlueprint } from '../testing/breaker-nodes.ts'
import { HOSTILE } from '../testing/hostile.ts'
import { testProject } from '../testing/run-project.ts'
import { sagaBlueprint } from '../testing/saga-nodes.ts'
import { sliceBlueprint } from '../testing/slice-nodes.ts'

const NO_RUN: RecordedRun = { breakers: {} }
const ZERO_DEP = { target: 'zero-dep' } as const

describe('planExport', () => {
  it('has nothing for a drawing without code', () => {
    const blueprint = breakerBlueprint({})
    expect(planExport({ ...blueprint, nodes: blueprint.nodes.filter(({ kind }) => kind === 'service') }, NO_RUN, ZERO_DEP)).toBeUndefined()
  })

  it('gives the drawing itself back', () => {
    const blueprint = sagaBlueprint({})
    expect(JSON.parse(planExport(blueprint, NO_RUN, ZERO_DEP)?.get('.faultline.json') ?? '')).toEqual(blueprint)
  })

  it('gives nodes of one label files and names of their own, and lets no label out of the folder', () => {
    for (const text of HOSTILE) {
      const [breaker, saga, slice] = [breakerBlueprint({}, { label: text, protects: text, drawing: text }), sagaBlueprint({}, text, text), sliceBlueprint({}, text, text)]
      const twice = [...breaker.nodes, ...breaker.nodes.map((node) => ({ ...node, id: `${node.id}-2` })), ...saga.nodes, ...slice.nodes]
      const plan = planExport({ ...breaker, nodes: twice, edges: slice.edges }, NO_RUN, ZERO_DEP)
      const paths = [...(plan?.keys() ?? [])]
      expect(paths.filter((path) => path.startsWith('src/')).length).toBe(7)
      expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length)
      for (const path of paths) expect(path).toMatch(/^((src|test)\/)?[a-zA-Z0-9.-]{1,60}$/)
    }
  }, 120_000)

  it('gives projects whose own tests pass, with everything in one drawing', () => {
    const breaker = breakerBlueprint({ slidingWindowType: 'TIME_BASED', slowCallRateThreshold: 60, slowCallDurationThresholdMs: 200 })
    const [saga, slice] = [sagaBlueprint({}), sliceBlueprint({ projector: { onError: 'park', idempotency: 'version-check' } })]
    const all = { ...breaker, nodes: [...breaker.nodes, ...saga.nodes, ...slice.nodes], edges: [...breaker.edges, ...slice.edges] }
    const plan = planExport(all, { breakers: { breaker: [{ atMs: 1, what: 'call', call: 1 }, { atMs: 5.5, what: 'done', call: 1 }] } }, ZERO_DEP)
    expect(testProject(plan!)).toContain('# fail 0')
  }, 60_000)

  it('gives projects for XState whose own tests pass', () => {
    const breaker = breakerBlueprint({ slidingWindowType: 'TIME_BASED', automaticTransitionFromOpenToHalfOpen: true })
    const [saga, slice] = [sagaBlueprint({}), sliceBlueprint({ projector: { onError: 'park', idempotency: 'version-check' } })]
    const all = { ...breaker, nodes: [...breaker.nodes, ...saga.nodes, ...slice.nodes], edges: [...breaker.edges, ...slice.edges] }
    const plan = planExport(all, NO_RUN, { target: 'xstate' })
    expect(plan!.get('package.json')).toContain('"xstate": "5.33.3"')
    expect(testProject(plan!)).toContain('# fail 0')
  }, 60_000)

  it('gives sagas whose own tests repeat failures of every reason, even where an error ends it all', () => {
    const steps = sagaDefaults.steps.map((step) => ({ ...step, retry: { ...step.retry, nonRetryableErrors: ['declined', 'error'] as const } }))
    const saga = sagaBlueprint({ steps: steps as unknown as typeof sagaDefaults.steps })
    const runs = [['stale', 'done'], ['error']].map((answers) => rehearse(sagaSettings(saga.nodes[0]!), { 0: answers }))
    const plan = planExport(saga, { breakers: {}, sagas: { saga: { runs, leftOut: 0 } } }, ZERO_DEP)
    expect(testProject(plan!)).toContain('# fail 0')
  }, 60_000)
})
