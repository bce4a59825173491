import type { Source } from '../../exporter.ts'
import type { PlainObject } from '../../xstate/literal.ts'
import { machineConfig, namesIn, pruned, type Names, type StateConfig } from '../../xstate/prune.ts'
import { planSaga, type SagaPlan } from '../plan.ts'
import { planWaits, type PlannedRetry } from '../retries.ts'
import type { SagaSettings } from '../settings.ts'

/** What a state of the machine is about: the work of a step, or that of undoing it. */
export interface WorkPlan {
  state: string
  name: string
  startToCloseMs: number | undefined
  scheduleToCloseMs: number | undefined
  retry: PlannedRetry
  key: string
}

/** A saga to be written down for XState. */
export interface SagaMachinePlan extends SagaPlan {
  works: readonly WorkPlan[]
  /** The machine without what its driver never tells it. */
  chart: PlainObject
  /** Guards and actions of the chart. */
  names: Names
}

/** A saga's plan, where the machine holds the rules: how often is tried, what is undone, what cannot be. */
export function planSagaMachine(source: Source): SagaMachinePlan {
  const plan = planSaga(source)
  const { settings, uses } = plan
  const config = machineConfig('saga', withoutLocal(settings))
  const chart = pruned(config, {
    events: [...(uses.deadline ? [] : ['ABORT']), ...(uses.unknown.has('query') ? [] : ['ABSENT']), ...(uses.log ? [] : ['RECOVERED'])],
    guards: uses.skips ? [] : ['isIncomplete'],
    targets: [],
    actions: [],
  })
  const waits = planWaits()
  const works = worksOf(plan, config, waits.of)
  // Charts have a way to wait whatever the numbers are.
  return { ...plan, retries: waits.all(), uses: { ...uses, retry: true }, works, chart, names: namesIn(chart) }
}

/** To the code every step is a service's, of which it may not be known whether it did its work. */
function withoutLocal(settings: SagaSettings): SagaSettings {
  return { ...settings, steps: settings.steps.map((step) => ({ ...step, local: undefined })) }
}

/** In order: steps, then what undoes them, the last first. */
function worksOf({ steps }: SagaPlan, { states = {} }: StateConfig, retryOf: (settings: PlannedRetry['settings']) => PlannedRetry): WorkPlan[] {
  const keys = Object.keys(states)
  const undoKeys = Object.keys(states['undo']?.states ?? {})
  const forward = steps.map(({ settings, action }, index): WorkPlan => {
    const { startToCloseMs, scheduleToCloseMs, retry, idempotencyKey } = settings
    return { state: keys[index] ?? '', name: action, startToCloseMs, scheduleToCloseMs, retry: retryOf(retry), key: idempotencyKey }
  })
  const undoing = steps.toReversed().flatMap(({ settings: { compensation, idempotencyKey }, undo }) => (undo !== undefined && compensation ? [{ compensation, idempotencyKey, undo }] : []))
  return [
    ...forward,
    ...undoing.map(({ compensation, idempotencyKey, undo }, index): WorkPlan => ({
      state: undoKeys[index] ?? '', name: undo, startToCloseMs: compensation.startToCloseMs, scheduleToCloseMs: undefined,
      retry: retryOf(compensation.retry), key: idempotencyKey,
    })),
  ]
}
