import { counted, durationWords, type Row } from '../words.ts'
import type { RetrySettings, SagaSettings, StepSettings } from './settings.ts'

/** The configuration as a person would say it, a row for each step. Names of steps are in it as they are: data. */
export function sagaRows(saga: SagaSettings): Row[] {
  const isOne = new Set(saga.steps.map(({ onUnknown }) => onUnknown)).size === 1
  const [first] = saga.steps
  return [
    ...saga.steps.map((step) => ({ setting: step.name, value: `${stepWords(step)}${isOne ? '' : `; unknown: ${UNKNOWN_WORDS[step.onUnknown]}`}` })),
    ...(isOne && first ? [{ setting: 'Unknown', value: UNKNOWN_WORDS[first.onUnknown] }] : []),
    ...(saga.steps.some(({ compensation }) => compensation) ? [{ setting: 'Undoing', value: undoWords(saga) }] : []),
    ...(saga.deadlineMs > 0 ? [{ setting: 'Deadline', value: `${durationWords(saga.deadlineMs)} for the whole saga` }] : []),
    ...(saga.logDurable && saga.logWriteAhead ? [] : [{ setting: 'Log', value: logWords(saga) }]),
  ]
}

const UNKNOWN_WORDS: Record<StepSettings['onUnknown'], string> = {
  'retry-same-key': 'ask again',
  query: 'ask its status',
  compensate: 'undo',
  park: 'park',
}

/** Which barriers the participants were simulated with: what services must do themselves. */
export function barrierWords({ deduplicate, nullCompensation, antiHanging, steps }: SagaSettings): string[] {
  const isKeyed = steps.every(({ idempotencyKey }) => idempotencyKey === 'operation')
  const undoes = steps.some(({ compensation }) => compensation)
  return [
    ...(deduplicate || isKeyed ? ['Does nothing a second time for the same key, and answers as the first time.'] : []),
    ...(undoes && nullCompensation ? ['Undoes nothing that was never done, and says it is undone.'] : []),
    ...(undoes && antiHanging ? ['Does nothing that was undone already: a late call may come after its undo.'] : []),
  ]
}

function stepWords({ kind, startToCloseMs, retry, compensation }: StepSettings): string {
  const undone = compensation ? `, undone by ${compensation.name}` : ''
  return `${kind}${undone}; ${attemptWords(retry, startToCloseMs)}`
}

function attemptWords({ maximumAttempts }: RetrySettings, startToCloseMs: number | undefined): string {
  const attempts = maximumAttempts === 0 ? 'attempts without end' : counted(maximumAttempts, 'attempt')
  return startToCloseMs === undefined ? attempts : `${attempts} of ${durationWords(startToCloseMs)}`
}

function undoWords({ register, onCompensationFailure }: SagaSettings): string {
  const what = register === 'before-action' ? 'done or unknown' : 'known to be done'
  return `in reverse order, what is ${what}; ${FAILURE_WORDS[onCompensationFailure]}`
}

const FAILURE_WORDS: Record<SagaSettings['onCompensationFailure'], string> = {
  retry: 'never gives up',
  park: 'parked when one fails',
  continue: 'goes on when one fails, parked at the end',
  stop: 'parked when one fails',
}

function logWords({ logDurable }: SagaSettings): string {
  return logDurable ? 'written after the answer: a crash forgets what was sent' : 'none: a crash forgets the saga'
}
