import { policyHeader } from '../header.ts'
import { code, ident, num, prose, type Code } from '../print.ts'
import { durationWords } from '../words.ts'
import type { TimeoutPlan } from './settings.ts'

/** The part a person edits: header, the limit, and the call itself. */
export function editablePart(plan: TimeoutPlan): Code {
  const { label, protects, timeoutMs, name, target } = plan
  const header = policyHeader({
    ...plan,
    title: code`${prose(label)}: waits for ${prose(protects)}, but not for ever.`,
    rows: [{ setting: 'Gives up', value: `after ${durationWords(timeoutMs)}` }],
    usage: code`(signal) => fetch(url, { signal })`,
  })
  return code`
    ${header}

    ${target === 'cockatiel' && imports()}

    /** Longest wait for an answer: above what it takes in good times, below the caller's patience. */
    const TIMEOUT_MS = ${num(timeoutMs)};

    /**
     * Calls ${prose(protects)} and waits so long for the answer. The request gets a signal that ends with
     * the waiting: pass it on, so that nothing goes on working for nobody.
     *
     * @throws TimeoutError when no answer came: whether the work was done, nobody knows. The
     * signal's reason when the caller gives up first, else what the request throws.
     */
    export function makeRequest<T>(
      request: (signal: AbortSignal) => Promise<T>,
      signal?: AbortSignal,
    ): Promise<T> {
      return ${ident(name)}.call(request, signal);
    }
  `
}

function imports(): Code {
  return code`
    import {
      NoopPolicy,
      type Event,
      type ICancellationContext,
      type IFailureEvent,
      type IPolicy,
      type ISuccessEvent,
    } from 'cockatiel';
  `
}
