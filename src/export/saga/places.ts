import type { SettingPlace, Source } from '../exporter.ts'
import { planSaga, type StepPlan } from './plan.ts'
import type { PlannedRetry } from './retries.ts'

/** A limit or a policy that several steps share leads to the first of them. */
export function sagaPlaces(source: Source): (readonly [string, SettingPlace])[] {
  const { steps, retries } = planSaga(source)
  const at = (...path: readonly (string | number)[]): SettingPlace => ({ node: source.node.id, path })
  return [
    ['STEPS', at('steps')],
    ['START_TO_CLOSE_MS', at('steps', 0, 'startToCloseMs')],
    ['DEADLINE_MS', at('deadlineMs')],
    ...retries.map((retry) => [retry.name, at('steps', ...wayTo(retry, steps))] as const),
  ]
}

function wayTo(retry: PlannedRetry, steps: readonly StepPlan[]): (string | number)[] {
  const index = steps.findIndex((step) => step.retry === retry || step.undoRetry === retry)
  return steps[index]?.retry === retry ? [index, 'retry'] : [index, 'compensation', 'retry']
}
