import type { RetrySettings, SagaSettings } from './settings.ts'

/** A retry policy that one or more steps have, and the constant it becomes. */
export interface PlannedRetry {
  name: string
  settings: RetrySettings
  /** Whether anything ever waits as it says: before another attempt, or before the status is asked for once more. */
  waits: boolean
}

/** The distinct retry policies of a saga, in order of appearance. */
export function planRetries(saga: SagaSettings) {
  const found = new Map<string, PlannedRetry>()
  const used = new Set<string>()
  const asksStatus = saga.steps.some(({ onUnknown }) => onUnknown === 'query')
  const of = (settings: RetrySettings): PlannedRetry => {
    const waits = settings.maximumAttempts !== 1 || asksStatus
    const key = JSON.stringify([settings.maximumAttempts, ...(waits ? waitsOf(settings) : []), [...settings.nonRetryableErrors].toSorted()])
    const known = found.get(key)
    if (known) return known
    const retry = { name: nameOf(settings, used), settings, waits }
    found.set(key, retry)
    return retry
  }
  const ofUndo = (settings: RetrySettings): PlannedRetry => {
    if (saga.onCompensationFailure === 'retry') return of({ ...settings, maximumAttempts: 0, nonRetryableErrors: [] })
    return of(saga.onCompensationFailure === 'stop' ? { ...settings, maximumAttempts: 1 } : settings)
  }
  return { of, ofUndo, all: (): PlannedRetry[] => [...found.values()] }
}

/** The distinct ways of waiting and of giving up, in order of appearance, where a machine counts the attempts. */
export function planWaits() {
  const found = new Map<string, PlannedRetry>()
  const of = (settings: RetrySettings): PlannedRetry => {
    const key = JSON.stringify([...waitsOf(settings), [...settings.nonRetryableErrors].toSorted()])
    const known = found.get(key)
    if (known) return known
    const retry = { name: found.size === 0 ? 'RETRY' : `RETRY_${found.size + 1}`, settings, waits: true }
    found.set(key, retry)
    return retry
  }
  return { of, all: (): PlannedRetry[] => [...found.values()] }
}

function waitsOf({ initialIntervalMs, backoffCoefficient, maximumIntervalMs, jitter }: RetrySettings): unknown[] {
  return [initialIntervalMs, backoffCoefficient, maximumIntervalMs, jitter]
}

function nameOf({ maximumAttempts }: RetrySettings, used: Set<string>): string {
  const stem = maximumAttempts === 0 ? 'WITHOUT_END' : maximumAttempts === 1 ? 'ONCE' : `UP_TO_${maximumAttempts}_TIMES`
  let name = stem
  for (let number = 2; used.has(name); number += 1) name = `${stem}_${number}`
  used.add(name)
  return name
}

/**
 * Whether a policy can be told by its number of attempts and a base: they differ in nothing else, or nothing else matters
 * since nothing waits. Such a one may have taken anything for the rest, and is no base itself.
 */
export function isAlike({ settings: base, waits: baseWaits }: PlannedRetry, { settings, waits }: PlannedRetry): boolean {
  if (!baseWaits) return false
  const rest = (one: RetrySettings): string => JSON.stringify([waitsOf(one), [...one.nonRetryableErrors].toSorted()])
  return !waits || rest(base) === rest(settings)
}

/**
 * Words of a participant's refusal or failure that the code tells apart, besides `error`: those that some policy does not retry.
 * Where `error` is one of these, there is a word for all that is tried again.
 */
export function failureWords(retries: readonly PlannedRetry[]): string[] {
  const final = new Set(retries.flatMap(({ settings }) => settings.nonRetryableErrors))
  const words = new Set(['error', ...final, ...(final.has('error') ? [OTHER] : [])])
  return [...words].filter((word) => !saysDoubt(word))
}

/** What the code calls a failure for which it has no word of its own: one that every policy tries again. */
export function otherFailure(retries: readonly PlannedRetry[]): string {
  return failureWords(retries).includes(OTHER) ? OTHER : 'error'
}

/** Whether a policy gives up on attempts of which nobody knows whether they happened. */
export function givesUpInDoubt({ settings }: PlannedRetry): boolean {
  return settings.nonRetryableErrors.some(saysDoubt)
}

const OTHER = 'other'
/** What a caller sees as no answer at all. */
const IN_DOUBT: ReadonlySet<string> = new Set(['timeout', 'crashed', 'deadline passed'])

/** Whether a word of the trace's reasons leaves it open whether the work was done. */
export function saysDoubt(word: string): boolean {
  return IN_DOUBT.has(word)
}

/** The word of a service that refuses: one after which nothing is tried again, where there is one. */
export function refusalWord(retries: readonly PlannedRetry[]): 'declined' | 'error' {
  return retries.some(({ settings }) => settings.nonRetryableErrors.includes('declined')) ? 'declined' : 'error'
}
