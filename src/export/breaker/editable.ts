import { needs, originLines } from '../origin.ts'
import { code, fileStem, ident, lit, num, padded, prose, when, type Code } from '../print.ts'
import type { ExportTarget } from '../targets.ts'
import type { BreakerPlan } from './settings.ts'
import { configRows } from './words.ts'

const SETTING_WIDTH = 13

/** The part a person edits: header, imports if any, numbers where they have no better place, fallback, what counts as a failure, and the call itself. */
export function editablePart(plan: BreakerPlan, target: ExportTarget, imports?: Code): Code {
  return code`
    ${header(plan, target)}

    ${imports}

    ${target !== 'xstate' && constants(plan)}

    ${plan.hasFallback && fallback(plan)}

    ${judge(plan)}

    ${request(plan)}
  `
}

function header(plan: BreakerPlan, target: ExportTarget): Code {
  const rows = configRows(plan).map(({ setting, value }) => code`${padded(prose(setting), SETTING_WIDTH)}${prose(value)}`)
  return code`
    /**
     * ${prose(plan.label)}: protects ${prose(plan.protects)}.
     *
     * ${rows}
     *
     *   import { makeRequest } from './${fileStem(plan.fileName)}.ts';
     *   const answer = await makeRequest(() => fetch(url));
     *
     * ${originLines(plan)}
     * ${needs(target)}; yours to edit.
     */
  `
}

function constants({ settings, isTimeWindow, watchesSlowCalls, waitGrows }: BreakerPlan): Code {
  const longestMs = settings.maxWaitDurationInHalfOpenStateMs
  return code`
    ${when(isTimeWindow)}/** Looks back on this many seconds. */
    ${when(isTimeWindow)}const WINDOW_SECONDS = ${settings.slidingWindowSize};
    ${when(!isTimeWindow)}/** Looks back on this many calls. */
    ${when(!isTimeWindow)}const WINDOW_CALLS = ${settings.slidingWindowSize};
    /** Judges nothing before so many calls. */
    const MINIMUM_CALLS = ${settings.minimumNumberOfCalls};
    /** Opens when this share failed, or more. */
    const FAILURE_RATE_PERCENT = ${settings.failureRateThreshold};
    ${when(watchesSlowCalls)}/** Opens when this share was slow, or more. */
    ${when(watchesSlowCalls)}const SLOW_CALL_RATE_PERCENT = ${settings.slowCallRateThreshold};
    ${when(watchesSlowCalls)}/** A call that takes longer is slow. */
    ${when(watchesSlowCalls)}const SLOW_CALL_MS = ${settings.slowCallDurationThresholdMs};
    /** Refuses calls this long, then probes. */
    const OPEN_MS = ${settings.waitDurationInOpenStateMs};
    ${when(waitGrows)}/** Each next wait is this much longer. */
    ${when(waitGrows)}const OPEN_GROWTH = ${settings.waitMultiplier};
    ${when(waitGrows && settings.waitMaxMs > 0)}/** No wait grows beyond this. */
    ${when(waitGrows && settings.waitMaxMs > 0)}const OPEN_MS_MAX = ${settings.waitMaxMs};
    /** Probes per half-open period, in total. */
    const PROBES = ${settings.permittedNumberOfCallsInHalfOpenState};
    ${when(longestMs > 0)}/** Half-open without a verdict ends then. */
    ${when(longestMs > 0)}const HALF_OPEN_MS_MAX = ${num(longestMs)};
  `
}

function fallback({ settings, protects, fallsBackOnFailure }: BreakerPlan): Code {
  return code`
    export interface FallbackResponse {
      message: string;
    }

    ${when(fallsBackOnFailure)}/** What callers get when ${prose(protects)} is not asked, or fails. */
    ${when(!fallsBackOnFailure)}/** What callers get while ${prose(protects)} is not asked. */
    export function fallingBack(_reason: FallbackReason): FallbackResponse {
      return { message: ${lit(settings.fallbackMessage)} };
    }
  `
}

function judge({ protects }: BreakerPlan): Code {
  return code`
    /**
     * How an error counts: as a 'failure' of ${prose(protects)}, as a 'success' (say "not found": an answer
     * after all), or not at all: 'ignored' (say the caller gave up).
     */
    function judge(_error: unknown): Verdict {
      return 'failure';
    }
  `
}

function request({ protects, name, hasFallback, fallsBackOnFailure }: BreakerPlan): Code {
  const answer = hasFallback ? code`T | FallbackResponse` : code`T`
  const args = hasFallback ? code`request, fallingBack` : code`request`
  return code`
    /**
     * Calls ${prose(protects)} through the breaker. Give the request a time limit of its own: from a call
     * that never ends the breaker learns nothing.
     *
     ${when(!hasFallback)}* @throws CircuitOpenError when the call is refused, else what the request throws.
     ${when(hasFallback && !fallsBackOnFailure)}* @throws what the request throws; refused calls get the fallback.
     ${when(fallsBackOnFailure)}* @throws only what judge() does not call a failure; else callers get the fallback.
     */
    export function makeRequest<T>(request: () => Promise<T>): Promise<${answer}> {
      return ${ident(name)}.call(${args});
    }
  `
}
