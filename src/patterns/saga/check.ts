import { shown } from '../fields.ts'
import type { NodeInGraph, Surrounding } from '../pattern.ts'
import type { RetryPolicy, SagaCompensation, SagaConfig, SagaStep } from './config.ts'

/** What a check found: an error keeps the saga from starting, a warning does not. `path` leads into the field: `[2, 'kind']`. */
export interface SagaProblem {
  field: string
  path: readonly (string | number)[]
  message: string
  severity: 'error' | 'warning'
}

/** A warning that can be put right in one click. */
export interface SagaLint {
  field: string
  path: readonly (string | number)[]
  message: string
  fix: { label: string; config: SagaConfig }
}

/** All that is wrong with a saga: two pivots, names used twice; then its lints as warnings. */
export function checkSaga(config: SagaConfig): SagaProblem[] {
  const warnings = sagaLints(config).map(({ field, path, message }) => ({ field: fieldOf(field, path), path, message, severity: 'warning' as const }))
  return [...sagaErrors(config), ...warnings]
}

/** A saga that has nobody to ask, not counting its log. */
export function checkSagaGraph({ config, downstream }: Pick<NodeInGraph, 'config' | 'downstream'>): Surrounding[] {
  const { steps } = config as SagaConfig
  if (downstream.some(({ kind }) => kind !== 'saga-log') || steps.every(({ local }) => local)) return []
  return [{ message: 'calls nobody, so its steps fail', severity: 'warning', lacks: 'service' }]
}

/** Whether the saga may start. */
export function isValidSaga(config: SagaConfig): boolean {
  return config.steps.length > 0 && sagaErrors(config).length === 0
}

function sagaErrors({ steps }: SagaConfig): SagaProblem[] {
  const problems: SagaProblem[] = []
  const note = (path: readonly (string | number)[], message: string): void => {
    problems.push({ field: fieldOf('steps', path), path, message, severity: 'error' })
  }
  const firstPivot = steps.findIndex(({ kind }) => kind === 'pivot')
  const seen = new Map<string, string>()
  steps.forEach((step, index) => {
    if (step.kind === 'pivot' && index !== firstPivot) {
      note([index, 'kind'], `${shown(step.name)} is a second pivot after ${shown(steps[firstPivot]!.name)}; a saga has one at most`)
    }
    for (const [path, name] of namesOf(step, index)) {
      const key = name.toLowerCase()
      const before = seen.get(key)
      if (before === undefined) seen.set(key, name)
      else note(path, `${shown(name)} is used twice${before === name ? '' : ` (as ${shown(before)})`}; names of steps and compensations differ`)
    }
  })
  return problems
}

function namesOf({ name, compensation }: SagaStep, index: number): [(string | number)[], string][] {
  return compensation ? [[[index, 'name'], name], [[index, 'compensation', 'name'], compensation.name]] : [[[index, 'name'], name]]
}

/** `steps[2].kind`, as messages name a place. */
function fieldOf(field: string, path: readonly (string | number)[]): string {
  return path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${key}`), field)
}

/** What makes a saga surprising, each with the config that does not. */
export function sagaLints(config: SagaConfig): SagaLint[] {
  const pivot = config.steps.findIndex(({ kind }) => kind === 'pivot')
  const ofSteps = config.steps.flatMap((step, index) => {
    const isAfterPivot = pivot >= 0 && index > pivot
    const lint = (key: string, message: string, label: string, change: Partial<SagaStep>): SagaLint => ({
      field: 'steps',
      path: [index, key],
      message: `${shown(step.name)} ${message}`,
      fix: { label, config: { ...config, steps: config.steps.map((one, at) => (at === index ? { ...one, ...change } : one)) } },
    })
    return lintsOf(step, isAfterPivot, lint)
  })
  return [...ofSteps, ...deadlineLints(config, pivot)]
}

type Lint = (key: string, message: string, label: string, change: Partial<SagaStep>) => SagaLint

function lintsOf(step: SagaStep, isAfterPivot: boolean, lint: Lint): SagaLint[] {
  const { kind, retry, onUnknown, idempotencyKey, compensation, name } = step
  const found: SagaLint[] = []
  if (kind === 'compensatable' && isAfterPivot) {
    const change: Partial<SagaStep> = { kind: 'retriable', retry: { ...retry, maximumAttempts: 0, nonRetryableErrors: orDeclined(retry) } }
    found.push(lint('kind', 'can be compensated, yet stands after the pivot, where nothing is rolled back', 'Make it retriable', change))
  } else if (kind === 'compensatable' && !compensation) {
    const undo: SagaCompensation = { name: `undo_${name}`.slice(0, 60), retry: { ...retry, maximumAttempts: 0, nonRetryableErrors: ['declined'] } }
    found.push(lint('compensation', 'has no compensation: a rollback leaves it done', 'Add one', { compensation: undo }))
  }
  if (kind === 'retriable' && retry.maximumAttempts > 0) {
    const change = { retry: { ...retry, maximumAttempts: 0, nonRetryableErrors: orDeclined(retry) } }
    found.push(lint('retry', `gives up after ${retry.maximumAttempts} attempts, though it can neither fail nor be undone: the saga parks`, 'Retry without end', change))
  }
  if (retry.maximumAttempts === 0 && retry.nonRetryableErrors.length === 0) {
    const change = { retry: { ...retry, nonRetryableErrors: orDeclined(retry) } }
    found.push(lint('retry', 'is retried without end, whatever the error: a refusal never ends the saga', 'Do not retry what is declined', change))
  }
  if (kind !== 'compensatable' && kind !== 'query' && onUnknown === 'compensate') {
    found.push(lint('onUnknown', 'may have happened, and is rolled back all the same: done and undone', 'Ask again with the same key', { onUnknown: 'retry-same-key' }))
  }
  if (idempotencyKey === 'attempt') {
    found.push(lint('idempotencyKey', 'has a new key for every attempt: participants cannot tell a repetition', 'One key for the operation', { idempotencyKey: 'operation' }))
  }
  return found
}

const orDeclined = ({ nonRetryableErrors }: RetryPolicy): RetryPolicy['nonRetryableErrors'] =>
  nonRetryableErrors.length === 0 ? ['declined'] : nonRetryableErrors

/** Attempts up to the pivot that may take longer than the saga has. Attempts without end or without a limit have no budget. */
function deadlineLints(config: SagaConfig, pivot: number): SagaLint[] {
  const { deadlineMs, steps } = config
  if (deadlineMs === 0) return []
  const early = pivot < 0 ? steps : steps.slice(0, pivot + 1)
  const budgetMs = Math.ceil(early.reduce((sum, step) => sum + budgetOf(step), 0))
  if (budgetMs <= deadlineMs) return []
  return [{
    field: 'deadlineMs',
    path: [],
    message: `${deadlineMs} ms are over before the attempts up to the pivot are, which may take ${budgetMs} ms`,
    fix: { label: `Allow ${budgetMs} ms`, config: { ...config, deadlineMs: Math.min(budgetMs, 86_400_000) } },
  }]
}

function budgetOf({ startToCloseMs = 0, scheduleToCloseMs, retry }: SagaStep): number {
  let sumMs = startToCloseMs * Math.max(1, retry.maximumAttempts)
  for (let attempt = 1; attempt < retry.maximumAttempts; attempt += 1) sumMs += waitMsAfter(attempt, retry)
  return Math.min(sumMs, scheduleToCloseMs ?? Infinity)
}

/** The wait after the `attempt`-th attempt, without jitter. */
function waitMsAfter(attempt: number, { initialIntervalMs, backoffCoefficient, maximumIntervalMs }: RetryPolicy): number {
  let waitMs = initialIntervalMs
  for (let grown = 1; grown < attempt && waitMs < maximumIntervalMs; grown += 1) waitMs *= backoffCoefficient
  return Math.min(waitMs, Math.max(maximumIntervalMs, initialIntervalMs))
}
