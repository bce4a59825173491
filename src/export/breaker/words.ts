import { counted, durationWords, type Row } from '../words.ts'
import type { BreakerPlan, BreakerSettings } from './settings.ts'

/** The configuration as a person would say it. Plain words and numbers; labels are not in it. */
export function configRows(plan: BreakerPlan): Row[] {
  const { settings } = plan
  return [
    { setting: 'Window', value: windowWords(settings) },
    { setting: 'Opens at', value: `${settings.failureRateThreshold} % failed` },
    { setting: 'Stays open', value: waitWords(settings) },
    { setting: 'Then', value: probeWords(settings) },
    { setting: 'Slow calls', value: slowWords(plan) },
    { setting: 'Fallback', value: FALLBACK_WORDS[settings.fallbackOn] },
    ...(settings.initialState === 'CLOSED'
      ? []
      : [{ setting: 'Starts', value: `closed (simulated: ${stateWords(settings.initialState)})` }]),
  ]
}

const FALLBACK_WORDS: Record<BreakerSettings['fallbackOn'], string> = {
  none: 'none',
  rejected: 'for refused calls',
  'rejected-or-failed': 'for refused and failed calls',
}

function windowWords({ slidingWindowType, slidingWindowSize, minimumNumberOfCalls }: BreakerSettings): string {
  const isTime = slidingWindowType === 'TIME_BASED'
  const minimum = isTime ? minimumNumberOfCalls : Math.min(minimumNumberOfCalls, slidingWindowSize)
  return isTime ? `last ${counted(slidingWindowSize, 'second')}, at least ${counted(minimum, 'call')}` : `last ${counted(slidingWindowSize, 'call')}, at least ${minimum}`
}

function slowWords({ settings, watchesSlowCalls }: BreakerPlan): string {
  if (!watchesSlowCalls) return 'not watched'
  return `open at ${settings.slowCallRateThreshold} % over ${durationWords(settings.slowCallDurationThresholdMs)}`
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

function stateWords(state: string): string {
  return state.toLowerCase().replaceAll('_', ' ')
}
