import type { BreakerPlan, BreakerSettings } from './settings.ts'

/** One line of the header's table: a setting and what it is set to, in words. */
export interface Row {
  setting: string
  value: string
}

/** The configuration as a person would say it. Plain words and numbers; labels are not in it. */
export function configRows(plan: BreakerPlan): Row[] {
  const { settings } = plan
  return [
    { setting: 'Window', value: windowWords(settings) },
    { setting: 'Opens at', value: thresholdWords(plan) },
    { setting: 'Stays open', value: waitWords(settings) },
    { setting: 'Then', value: probeWords(settings) },
    { setting: 'Fallback', value: FALLBACK_WORDS[settings.fallbackOn] },
    ...(settings.initialState === 'CLOSED'
      ? []
      : [{ setting: 'Starts', value: `closed (in the simulation: ${stateWords(settings.initialState)})` }]),
  ]
}

/** `2,500` ms as `2.5 s`, so that a person need not count digits. */
export function durationWords(ms: number): string {
  if (ms < 1_000) return `${ms} ms`
  const [value, unit] = ms < 60_000 ? [ms / 1_000, 's'] : [ms / 60_000, 'min']
  return `${Number(value.toFixed(3))} ${unit}`
}

const FALLBACK_WORDS: Record<BreakerSettings['fallbackOn'], string> = {
  none: 'none: callers get the error',
  rejected: 'when a call is refused',
  'rejected-or-failed': 'when a call is refused or fails',
}

function windowWords({ slidingWindowType, slidingWindowSize, minimumNumberOfCalls }: BreakerSettings): string {
  const isTime = slidingWindowType === 'TIME_BASED'
  const minimum = isTime ? minimumNumberOfCalls : Math.min(minimumNumberOfCalls, slidingWindowSize)
  return `last ${isTime ? counted(slidingWindowSize, 'second') : counted(slidingWindowSize, 'call')}, judged from ${counted(minimum, 'call')} on`
}

function thresholdWords({ settings, watchesSlowCalls }: BreakerPlan): string {
  const failed = `${settings.failureRateThreshold} % failed`
  if (!watchesSlowCalls) return `${failed}; slow calls are not watched`
  return `${failed}, or ${settings.slowCallRateThreshold} % slower than ${durationWords(settings.slowCallDurationThresholdMs)}`
}

function waitWords({ waitDurationInOpenStateMs, waitMultiplier, waitMaxMs, automaticTransitionFromOpenToHalfOpen }: BreakerSettings): string {
  const growth = waitMultiplier === 1 ? '' : `, ×${waitMultiplier} each further time${waitMaxMs > 0 ? ` up to ${durationWords(waitMaxMs)}` : ''}`
  return `${durationWords(waitDurationInOpenStateMs)}${growth}${automaticTransitionFromOpenToHalfOpen ? ', ends by timer' : ''}`
}

function probeWords(settings: BreakerSettings): string {
  const limitMs = settings.maxWaitDurationInHalfOpenStateMs
  const probes = `up to ${counted(settings.permittedNumberOfCallsInHalfOpenState, 'probe')}`
  if (limitMs === 0) return probes
  const verb = settings.transitionToStateAfterWaitDuration === 'OPEN' ? 'open again' : 'close'
  return `${probes}; ${verb} after ${durationWords(limitMs)} without a verdict`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function stateWords(state: string): string {
  return state.toLowerCase().replaceAll('_', ' ')
}
