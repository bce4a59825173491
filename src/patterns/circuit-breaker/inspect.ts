import type { BreakerConfig } from './config.ts'
import { compareText, countText, isReached } from './explain.ts'
import type { BreakerContext } from './signals.ts'
import { minimumCalls, ratePercent, ringResults, windowAt, type CallTotals, type CallWindow, type SecondBucket } from './window.ts'

/** One finished call in a count window. */
export interface CallSquare {
  outcome: 'ok' | 'failed'
  slow: boolean
}

/** A rate and what it means. */
export interface RateReading {
  /** As resilience4j computes it, 32-bit; −1 while there are too few calls. */
  percent: number
  thresholdPercent: number
  isReached: boolean
  /** "5 of 10 calls failed: 50 % ≥ 50 %", or how many calls are still missing. */
  text: string
}

/** A breaker's window for the eye. */
export interface WindowReading extends CallTotals {
  /** Count windows: the calls, oldest first. Empty for time windows. */
  squares: CallSquare[]
  /** Time windows: seconds with calls, oldest first. Empty for count windows. */
  seconds: readonly SecondBucket[]
  /** Calls or seconds it can hold; 0 in states that record nothing. */
  size: number
  /** Calls needed before the rates count. */
  minimum: number
  failureRate: RateReading
  slowCallRate: RateReading
}

/** The window as resilience4j's metrics tell it; rates are percent, −1 while there are too few calls. */
export interface BreakerMetrics {
  failureRate: number
  slowCallRate: number
  buffered: number
  failed: number
  slow: number
  successful: number
  slowSuccessful: number
  slowFailed: number
  notPermitted: number
}

/** What the inspector draws. Time windows lose seconds as time goes by: give `nowUs`, else it is as of the last call. */
export function readWindow(context: BreakerContext, config: BreakerConfig, nowUs?: number): WindowReading {
  const window = nowUs === undefined ? context.window : windowAt(context.window, nowUs)
  const { calls, failed, slow, slowFailed, size } = window
  const minimum = minimumCalls(window, config.minimumNumberOfCalls)
  return {
    calls,
    failed,
    slow,
    slowFailed,
    size,
    minimum,
    squares: window.type === 'COUNT_BASED' ? ringResults(window).map(squareOf) : [],
    seconds: window.type === 'TIME_BASED' ? window.buckets : [],
    failureRate: readRate(calls, failed, minimum, 'failed', config.failureRateThreshold),
    slowCallRate: readRate(calls, slow, minimum, slow === 1 ? 'was slow' : 'were slow', config.slowCallRateThreshold),
  }
}

/** The failure rate as of the last call, for the figure on the node; NaN while there are too few calls. */
export function readFailurePercent({ window }: BreakerContext, config: BreakerConfig): number {
  const percent = rateOrUnknown(window, window.failed, config)
  return percent < 0 ? Number.NaN : percent
}

/** resilience4j's metrics at `nowUs`. */
export function readMetrics(context: BreakerContext, config: BreakerConfig, nowUs: number): BreakerMetrics {
  const window = windowAt(context.window, nowUs)
  const { calls, failed, slow, slowFailed } = window
  return {
    failureRate: rateOrUnknown(window, failed, config),
    slowCallRate: rateOrUnknown(window, slow, config),
    buffered: calls,
    failed,
    slow,
    successful: calls - failed,
    slowSuccessful: slow - slowFailed,
    slowFailed,
    notPermitted: context.notPermitted,
  }
}

/** When the wait of OPEN ends, in microseconds since the run began; undefined in any other state. For the arc on the node. */
export function openUntilUs(state: string, context: BreakerContext): number | undefined {
  return state === 'OPEN' ? context.untilUs : undefined
}

/** Share of the wait of OPEN that is still to come, 1 down to 0; 0 in any other state. */
export function openShareLeft(state: string, context: BreakerContext, nowUs: number): number {
  const untilUs = openUntilUs(state, context)
  if (untilUs === undefined || untilUs <= nowUs) return 0
  return Math.min(1, (untilUs - nowUs) / (untilUs - context.sinceUs))
}

function squareOf(result: number): CallSquare {
  return { outcome: (result & 1) === 1 ? 'failed' : 'ok', slow: result > 1 }
}

function rateOrUnknown(window: CallWindow, count: number, config: BreakerConfig): number {
  const isKnown = window.calls > 0 && window.calls >= minimumCalls(window, config.minimumNumberOfCalls)
  return isKnown ? ratePercent(count, window.calls) : -1
}

function readRate(calls: number, count: number, minimum: number, verb: string, thresholdPercent: number): RateReading {
  if (calls === 0 || calls < minimum) {
    const text = minimum === 0 ? 'Nothing is recorded in this state' : `${countText(calls, 'call')} so far; ${minimum} are needed`
    return { percent: -1, thresholdPercent, isReached: false, text }
  }
  const fact = { whole: `${count} of ${countText(calls, 'call')}`, verb, rate: ratePercent(count, calls), threshold: thresholdPercent }
  return { percent: fact.rate, thresholdPercent, isReached: isReached(fact), text: compareText(fact) }
}
