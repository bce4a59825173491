import type { SettingPlace, Source } from '../exporter.ts'
import { planSaga, type StepPlan } from './plan.ts'
import { planWaits, type PlannedRetry } from './retries.ts'

/** A limit or a policy that several steps share leads to the first of them. */
export function sagaPlaces(source: Source): (readonly [string, SettingPlace])[] {
  const { steps, retries } = planSaga(source)
  const at = (...path: readonly (string | number)[]): SettingPlace => ({ node: source.node.id, path })
  return [
    ['STEPS', at('steps')],
    ['WORKS', at('steps')],
    ['START_TO_CLOSE_MS', at('steps', 0, 'startToCloseMs')],
    ['DEADLINE_MS', at('deadlineMs')],
    ...retries.map((retry) => [retry.name, at('steps', ...wayTo(retry, steps))] as const),
    ...[...waysOfWaits(steps)].map(([name, way]) => [name, at('steps', ...way)] as const),
  ]
}

/** The constants of a machine's driver: how attempts wait, where the machine counts them. */
function waysOfWaits(steps: readonly StepPlan[]): ReadonlyMap<string, readonly (string | number)[]> {
  const waits = planWaits()
  const ways = new Map<string, readonly (string | number)[]>()
  const add = (settings: PlannedRetry['settings'], way: readonly (string | number)[]): void => {
    const { name } = waits.of(settings)
    if (!ways.has(name)) ways.set(name, way)
  }
  steps.forEach(({ settings }, index) => add(settings.retry, [index, 'retry']))
  for (const [index, { settings }] of [...steps.entries()].toReversed()) {
    if (settings.compensation) add(settings.compensation.retry, [index, 'compensation', 'retry'])
  }
  return ways
}

function wayTo(retry: PlannedRetry, steps: readonly StepPlan[]): (string | number)[] {
  const index = steps.findIndex((step) => step.retry === retry || step.undoRetry === retry)
  return steps[index]?.retry === retry ? [index, 'retry'] : [index, 'compensation', 'retry']
}
