import type { SagaRun } from '../recorded.ts'
import { rehearse, type CrashAt, type Script } from './rehearsal.ts'
import { saysDoubt } from './retries.ts'
import type { RetrySettings, SagaSettings } from './settings.ts'

/** Where something may be tried for ever, so often is for ever: at least, and at most. */
const MANY = 3
const MANY_MAX = 12

/**
 * Sagas that go to the edges of a config, as its own machine runs them: each step refused, failing as often as is put up with and
 * once more, in doubt, in doubt and then refused; each compensation failing; and a crash before and after every intent and every
 * call.
 */
export function sagaEdges(settings: SagaSettings): readonly SagaRun[] {
  const known = played.get(settings)
  if (known) return known
  const runs = playEdges(settings)
  played.set(settings, runs)
  return runs
}

/** A file is written anew with every change of anything, and edges change with their config alone. */
const played = new WeakMap<SagaSettings, SagaRun[]>()

function playEdges(settings: SagaSettings): SagaRun[] {
  const calm = rehearse(settings, {})
  const scripts = [...settings.steps.flatMap((_, step) => stepScripts(settings, step)), ...undoScripts(settings)]
  return [calm, ...scripts.map((script) => rehearse(settings, script)), ...crashes(settings)]
}

function stepScripts({ steps }: SagaSettings, step: number): Script[] {
  const { retry, onUnknown } = steps[step]!
  const refused = refusalOf(retry)
  const attempts = retry.maximumAttempts === 0 ? manyOf(retry) : retry.maximumAttempts
  const answers = [
    ...(refused === undefined ? [] : [[refused], ['unknown', refused], ['never', refused]]),
    [...repeated('error', attempts - 1), 'done'],
    ['never', 'done'],
    ['lost', 'done'],
    ['unknown', 'error', 'done'],
    ...(retry.maximumAttempts === 0 ? [] : [['error'], ['unknown'], ['never']]),
  ]
  const asked = onUnknown === 'query' ? [['unknown', 'absent'], ['never', 'done']] : []
  return [...answers.map((one) => ({ [step]: one })), ...asked.map((one) => ({ [step]: ['unknown', 'done'], [`${step}?`]: one }))]
}

/** Compensations that fail, after the last step that can be refused was. */
function undoScripts(settings: SagaSettings): Script[] {
  const goesBack = rollback(settings)
  if (!goesBack) return []
  return settings.steps.flatMap(({ compensation }, step) => {
    if (!compensation) return []
    const { retry } = compensation
    const isForEver = settings.onCompensationFailure === 'retry'
    const refused = refusalOf(retry)
    const answers = [
      ['error', 'done'],
      ['never', 'done'],
      ...(refused === undefined ? [] : [isForEver ? [refused, refused, 'done'] : [refused]]),
      ...(isForEver || retry.maximumAttempts === 0 ? [[...repeated('error', manyOf(retry)), 'done']] : [['error']]),
    ]
    return answers.map((one) => ({ ...goesBack, [`${step}u`]: one }))
  })
}

/** Each of a few sagas again and again, struck down at every point of its way. */
function crashes(settings: SagaSettings): SagaRun[] {
  const { steps, deadlineMs, logDurable, logWriteAhead } = settings
  // Otherwise limits that began before are not known after, or attempts are counted otherwise.
  if (deadlineMs > 0 || steps.some(({ scheduleToCloseMs, local }) => scheduleToCloseMs !== undefined || local !== undefined)) return []
  if (logDurable && !logWriteAhead) return []
  const goesBack = rollback(settings)
  const again = steps[0]!.retry.maximumAttempts === 1 ? [] : [{ 0: ['error', 'done'] }]
  const points: CrashAt['how'][] = logDurable ? ['before', 'intended', 'sent'] : ['before', 'sent']
  return [{}, ...(goesBack ? [goesBack] : []), ...again].flatMap((script) => {
    const calls = rehearse(settings, script).happenings.length
    return Array.from({ length: calls }, (_, call) => points.map((how) => rehearse(settings, script, { call, how }))).flat()
  })
}

/** A script with which everything is undone; undefined where nothing ever is. */
function rollback({ steps }: SagaSettings): Script | undefined {
  const pivot = steps.findIndex(({ kind }) => kind === 'pivot')
  const step = steps.findLastIndex(({ retry }, index) => (pivot < 0 || index <= pivot) && refusalOf(retry) !== undefined)
  return step < 0 ? undefined : { [step]: [refusalOf(steps[step]!.retry)!] }
}

/** What a service says so that nothing is tried again. */
function refusalOf({ nonRetryableErrors }: RetrySettings): string | undefined {
  return nonRetryableErrors.find((word) => !saysDoubt(word))
}

/** So often that the waits have grown as long as they may. */
function manyOf({ initialIntervalMs, backoffCoefficient, maximumIntervalMs }: RetrySettings): number {
  const grown = Math.ceil(Math.log(maximumIntervalMs / initialIntervalMs) / Math.log(backoffCoefficient)) + 2
  return Number.isFinite(grown) ? Math.min(MANY_MAX, Math.max(MANY, grown)) : MANY
}

function repeated(answer: string, count: number): string[] {
  return Array.from({ length: count }, () => answer)
}
