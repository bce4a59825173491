import type { SagaCompensation, SagaStep } from './config.ts'
import { sagaDefaults } from './config.ts'

type Steps = readonly SagaStep[]

/** The list with one more step at its end, of a name nobody has. */
export function withStep(steps: Steps): SagaStep[] {
  const { retry } = sagaDefaults.steps[0]!
  return [...steps, {
    name: freeName('step', steps), kind: 'retriable', startToCloseMs: 1_500, retry: { ...retry, maximumAttempts: 0 },
    onUnknown: 'retry-same-key', idempotencyKey: 'operation', effect: 'none',
  }]
}

export function withoutStep(steps: Steps, index: number): SagaStep[] {
  return steps.filter((_, at) => at !== index)
}

/** The list with a step one place earlier (−1) or later (1); the same list at either end. */
export function movedStep(steps: Steps, index: number, by: -1 | 1): Steps {
  const step = steps[index]
  const other = steps[index + by]
  if (!step || !other) return steps
  return steps.map((one, at) => (at === index ? other : at === index + by ? step : one))
}

/** The list with one step changed; a setting that becomes undefined is left out. */
export function changedStep(steps: Steps, index: number, change: Partial<SagaStep>): SagaStep[] {
  return steps.map((step, at) => (at === index ? defined({ ...step, ...change }) : step))
}

/** What undoes a step that had nothing yet: tried until it succeeds. */
export function newCompensation(step: SagaStep, steps: Steps): SagaCompensation {
  return { name: freeName(`undo_${step.name}`.slice(0, 55), steps), startToCloseMs: 1_500, retry: { ...step.retry, maximumAttempts: 0 } }
}

/** A copy without the settings that are undefined: in a file they are not there. */
export function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T
}

function freeName(stem: string, steps: Steps): string {
  const taken = new Set(steps.flatMap(({ name, compensation }) => [name, compensation?.name]))
  let name = stem
  for (let number = 2; taken.has(name); number += 1) name = `${stem}_${number}`
  return name
}
