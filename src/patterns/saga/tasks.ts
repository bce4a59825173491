import type { Sfc32 } from '../../base/prng.ts'
import { pow } from '../../base/math.ts'
import { msToUs, US_PER_MS } from '../../base/time.ts'
import { createSampler, type Sampler } from '../../sim/distribution.ts'
import { Ask, packOperation } from '../../sim/operation.ts'
import { Outcome, Reason, REASON_WORDS } from '../../sim/record.ts'
import type { NodeSetup } from '../pattern.ts'
import type { RetryPolicy, SagaConfig, SagaStep } from './config.ts'
import { Entry } from './entries.ts'

/** One step or compensation as the orchestrator carries it out. */
export interface Task {
  step: number
  undo: boolean
  /** It only asks: no operation, and about what the saga itself wrote. */
  isQuery: boolean
  /** Request type, and that of asking for its status. */
  type: number
  statusType: number
  /** The edge its calls take; −1: there is none. */
  edge: number
  /** Set for what runs inside the orchestrator. */
  local: Sampler | undefined
  /** How participants are to guard it; the key is added attempt by attempt. */
  guards: number
  key: SagaStep['idempotencyKey']
  attemptUs: number
  budgetUs: number
  retry: RetryPolicy
  /** Reasons after which it is not tried again. */
  nonRetryable: ReadonlySet<number>
}

/** The name under which a step's status is asked for. */
export function statusTypeOf(step: string): string {
  return `${step}?`
}

/** The steps' tasks and, by the same index, their compensations'. */
export function tasksOf(config: SagaConfig, setup: NodeSetup): { steps: Task[]; undos: (Task | undefined)[] } {
  const guards = Ask.operation | (config.deduplicate ? Ask.deduplicate : 0) | (config.antiHanging ? Ask.antiHanging : 0)
  const task = (name: string, step: number, undo: boolean, of: Pick<SagaStep, 'local' | 'startToCloseMs' | 'scheduleToCloseMs' | 'retry'>): Task => {
    const type = setup.requestTypes.indexOf(name)
    const way = setup.out.find(({ kind, types }) => kind !== 'saga-log' && (types?.includes(type) ?? true))
    return {
      // Who undoes what the orchestrator did itself has never heard of it, and it is known to have happened.
      guards: guards | (config.nullCompensation && !config.steps[step]!.local ? Ask.nullCompensation : 0),
      isQuery: !undo && config.steps[step]!.kind === 'query',
      step, undo, type, edge: way?.edge ?? -1, retry: of.retry,
      statusType: setup.requestTypes.indexOf(statusTypeOf(name)),
      local: of.local && createSampler(of.local),
      key: config.steps[step]!.idempotencyKey,
      attemptUs: of.startToCloseMs === undefined ? Infinity : msToUs(of.startToCloseMs),
      budgetUs: of.scheduleToCloseMs === undefined ? Infinity : msToUs(of.scheduleToCloseMs),
      nonRetryable: new Set(of.retry.nonRetryableErrors.map((word) => REASON_WORDS.indexOf(word))),
    }
  }
  return {
    steps: config.steps.map((step, index) => task(step.name, index, false, step)),
    undos: config.steps.map(({ compensation }, index) => compensation && task(compensation.name, index, true, compensation)),
  }
}

/**
 * What a participant is told of the `attempt`-th attempt. A query brings `token`, what the answer to the saga's last write said:
 * whoever answers it may tell by that whether it knows of the write.
 */
export function askOf({ guards, key, isQuery }: Task, attempt: number, token: number): number {
  if (isQuery) return token
  if (key === 'none') return guards
  return guards | (key === 'operation' ? Ask.ownKey : Math.min(attempt + 1, Ask.keyMask))
}

/** What a call is about: the operation; for a query the owner itself, counted from 1. */
export function operationOf(task: Task, owner: number): number {
  return task.isQuery ? owner + 1 : packOperation(owner, task.step, task.undo)
}

/** The wait after the `attempt`-th attempt, which took `tookUs`. After an answer in no time nobody asks again in no time. */
export function drawWaitUs({ retry }: Task, attempt: number, tookUs: number, stream: Sfc32): number {
  const waitMs = longestWaitMs(retry, attempt)
  // Drawn in every case, so that switching jitter off keeps all later draws in step.
  const share = stream.nextUnit()
  const waitUs = msToUs(retry.jitter === 'full' ? waitMs * share : waitMs)
  return notAtOnceUs(waitUs, tookUs)
}

function notAtOnceUs(waitUs: number, tookUs: number): number {
  return waitUs === 0 && tookUs === 0 ? US_PER_MS : waitUs
}

function longestWaitMs({ initialIntervalMs, backoffCoefficient, maximumIntervalMs }: RetryPolicy, attempt: number): number {
  const grown = initialIntervalMs * pow(backoffCoefficient, Math.min(attempt - 1, 64))
  return Math.min(grown, Math.max(maximumIntervalMs, initialIntervalMs))
}

/** {@link drawWaitUs} at its longest. */
export function longestWaitUs({ retry }: Task, attempt: number, tookUs: number): number {
  return notAtOnceUs(msToUs(longestWaitMs(retry, attempt)), tookUs)
}

/**
 * What an answer means for the saga. A timeout, a lost answer or a crash leaves open whether it happened; anything else but
 * success tells that it did not: the fallback too, which is an answer of somebody else.
 */
export function signalOf({ nonRetryable }: Task, outcome: number, reason: number): number {
  if (outcome === Outcome.ok) return Entry.success
  if (outcome === Outcome.timedOut || reason === Reason.crashed || reason === Reason.timeout || reason === Reason.deadline) return Entry.unknown
  return nonRetryable.has(reason) ? Entry.rejected : Entry.failure
}

/** What an answer to "did it happen?" tells. */
export function statusSignalOf(outcome: number, result: number): number {
  if (outcome !== Outcome.ok || result === 0) return Entry.failure
  return result === 1 ? Entry.success : Entry.absent
}
