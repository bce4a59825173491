import { policyHeader } from '../header.ts'
import { code, ident, prose, when, type Code } from '../print.ts'
import { counted, durationWords, type Row } from '../words.ts'
import type { RetryPlan, RetrySettings } from './settings.ts'

/** The part a person edits: header, numbers, what is worth repeating, and the call itself. */
export function editablePart(plan: RetryPlan): Code {
  const header = policyHeader({
    ...plan,
    title: code`${prose(plan.label)}: asks ${prose(plan.protects)} again after a failure.`,
    rows: retryRows(plan),
    usage: code`(signal) => fetch(url, { signal })`,
  })
  return code`
    ${header}

    ${plan.target === 'cockatiel' && imports()}

    ${constants(plan)}

    ${judge(plan)}

    ${request(plan)}
  `
}

function imports(): Code {
  return code`
    import {
      NoopPolicy,
      type Event,
      type IFailureEvent,
      type IPolicy,
      type IRetryContext,
      type ISuccessEvent,
    } from 'cockatiel';
  `
}

const JITTER_WORDS: Record<RetrySettings['jitter'], string> = {
  none: 'none',
  full: 'full: anything up to the wait',
  equal: 'half: from half of the wait up to all of it',
}

/** The configuration as a person would say it. */
export function retryRows({ settings, waitGrows, longestMs }: RetryPlan): Row[] {
  const first = durationWords(settings.initialIntervalMs)
  const growth = waitGrows ? `, ×${settings.backoffCoefficient} each further time up to ${durationWords(longestMs)}` : ''
  return [
    { setting: 'Attempts', value: `${counted(settings.maximumAttempts, 'call')} at most` },
    { setting: 'Waits', value: `${first}${growth}` },
    { setting: 'Jitter', value: JITTER_WORDS[settings.jitter] },
    { setting: 'Refusals', value: settings.retryOnRejected ? 'repeated like failures' : 'not repeated' },
  ]
}

function constants({ settings, waitGrows, longestMs }: RetryPlan): Code {
  return code`
    /** Asks so often at most, the first time included. */
    const MAXIMUM_ATTEMPTS = ${settings.maximumAttempts};
    ${when(waitGrows)}/** Waits this long before the second attempt. */
    ${when(!waitGrows)}/** Waits this long before each further attempt. */
    const WAIT_MS = ${settings.initialIntervalMs};
    ${when(waitGrows)}/** Each next wait is so many times longer. */
    ${when(waitGrows)}const BACKOFF = ${settings.backoffCoefficient};
    ${when(waitGrows)}/** No wait grows beyond this. */
    ${when(waitGrows)}const LONGEST_WAIT_MS = ${longestMs};
  `
}

function judge({ settings, protects }: RetryPlan): Code {
  if (settings.retryOnRejected) {
    return code`
      /**
       * Whether to ask ${prose(protects)} again. So far after every error, the refusals of an open breaker
       * included. Leave out what stays as it is, such as "not found".
       */
      function isWorthRepeating(_error: unknown): boolean {
        return true;
      }
    `
  }
  return code`
    /**
     * Whether to ask ${prose(protects)} again. Not after a refusal: an open breaker is known by the name
     * of its error, so nothing of it is imported. Leave out what stays as it is, such as "not found".
     */
    function isWorthRepeating(error: unknown): boolean {
      return !(error instanceof Error && error.name === 'CircuitOpenError');
    }
  `
}

function request({ protects, name }: RetryPlan): Code {
  return code`
    /**
     * Calls ${prose(protects)}, again if need be. An attempt that failed may have done its work all the
     * same: pass only what may be done twice. The request gets the caller's signal.
     *
     * @throws what the last attempt throws; the signal's reason when the caller gives up meanwhile.
     */
    export function makeRequest<T>(
      request: (signal: AbortSignal) => Promise<T>,
      signal?: AbortSignal,
    ): Promise<T> {
      return ${ident(name)}.call(request, signal);
    }
  `
}
