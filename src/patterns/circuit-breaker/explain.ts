import type { TransitionFact } from '../pattern.ts'
import type { BreakerConfig } from './config.ts'
import { unpackTotals, type PackedTotals } from './evidence.ts'
import { ratePercent } from './window.ts'

/** What a rate is compared with, in the words of the inspector and the log. */
export interface RateFact {
  /** "5 of 10 calls" */
  whole: string
  /** "failed", "were slow" */
  verb: string
  rate: number
  threshold: number
}

/** One sentence: why this change of state happened. Reads the evidence that `behavior.ts` packed. */
export function explainTransition(fact: TransitionFact, config: BreakerConfig): string {
  const { from, to, signal, evidence } = fact
  if (signal === 'RESET') return 'Reset by hand'
  if (signal === 'FORCE') return BY_HAND[to] ?? 'Changed by hand'
  if (signal === 'OPEN_FOR' || signal === 'OPEN_UNTIL') return 'Opened by hand for a given time'
  const probes = config.permittedNumberOfCallsInHalfOpenState
  if (to === 'HALF_OPEN') return `${secondsText(evidence)} have passed; ${countText(probes, 'probe')} may pass`
  if (signal.startsWith('xstate.after')) return `No verdict within ${secondsText(config.maxWaitDurationInHalfOpenStateMs)} of probing`
  return verdictText(unpackTotals(evidence), from === 'HALF_OPEN' ? 'probe' : 'call', to === 'OPEN', config)
}

const BY_HAND: Readonly<Record<string, string>> = {
  CLOSED: 'Closed by hand',
  OPEN: 'Opened by hand',
  HALF_OPEN: 'Half-opened by hand',
  DISABLED: 'Disabled by hand',
  METRICS_ONLY: 'Set to only measure, by hand',
  FORCED_OPEN: 'Forced open by hand',
}

/** "5 of 10 calls failed: 50 % ≥ 50 %"; the slow calls are told of when they decided, or decided too. */
function verdictText(totals: PackedTotals, noun: string, isAbove: boolean, config: BreakerConfig): string {
  const failure = rateFact(totals, totals.failed, noun, 'failed', config.failureRateThreshold)
  const slow = rateFact(totals, totals.slow, noun, 'were slow', config.slowCallRateThreshold)
  const decisive = [failure, slow].filter((fact) => isReached(fact) === isAbove)
  const told = isAbove ? decisive : decisive.filter((fact) => fact === failure || totals.slow > 0)
  return (told.length === 0 ? [failure] : told).map(compareText).join('; ')
}

function rateFact(totals: PackedTotals, count: number, noun: string, verb: string, threshold: number): RateFact {
  const { calls, isShare } = totals
  if (isShare) return { whole: `${count / 10} % of more than 1,000 ${noun}s`, verb, rate: count / 10, threshold }
  return { whole: `${count} of ${countText(calls, noun)}`, verb: inNumber(verb, count), rate: ratePercent(count, calls), threshold }
}

function inNumber(verb: string, count: number): string {
  return count === 1 && verb === 'were slow' ? 'was slow' : verb
}

/** Whether a rate is at its threshold or above, in resilience4j's 32-bit arithmetic. */
export function isReached({ rate, threshold }: Pick<RateFact, 'rate' | 'threshold'>): boolean {
  return rate >= Math.fround(threshold)
}

/** "5 of 10 calls failed: 50 % ≥ 50 %" */
export function compareText(fact: RateFact): string {
  return `${fact.whole} ${fact.verb}: ${thresholdText(fact)}`
}

/** "66.7 % ≥ 50 %", with as many digits as it takes to be seen to be true. */
export function thresholdText({ rate, threshold }: Pick<RateFact, 'rate' | 'threshold'>): string {
  const isAbove = isReached({ rate, threshold })
  let digits = 1
  while (digits < 6 && rounded(rate, digits) >= rounded(threshold, digits) !== isAbove) digits += 1
  return `${rounded(rate, digits)} % ${isAbove ? '≥' : '<'} ${rounded(threshold, digits)} %`
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

/** "1 call", "3 calls" */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** "2.5 s" */
export function secondsText(ms: number): string {
  return `${rounded(ms / 1_000, 3)} s`
}
