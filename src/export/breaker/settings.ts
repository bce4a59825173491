import type { BlueprintNode } from '../../model/blueprint.ts'

/** What the breaker's code needs of its config; field names and units are the config's own. */
export interface BreakerSettings {
  slidingWindowType: 'COUNT_BASED' | 'TIME_BASED'
  slidingWindowSize: number
  minimumNumberOfCalls: number
  failureRateThreshold: number
  slowCallRateThreshold: number
  slowCallDurationThresholdMs: number
  waitDurationInOpenStateMs: number
  waitMultiplier: number
  waitMaxMs: number
  automaticTransitionFromOpenToHalfOpen: boolean
  permittedNumberOfCallsInHalfOpenState: number
  maxWaitDurationInHalfOpenStateMs: number
  transitionToStateAfterWaitDuration: 'OPEN' | 'CLOSED'
  initialState: string
  fallbackOn: 'none' | 'rejected' | 'rejected-or-failed'
  fallbackMessage: string
}

/** A breaker to be written down: its settings, its names, and which parts it needs. */
export interface BreakerPlan {
  settings: BreakerSettings
  /** The node's label and the label of what it protects: data, whatever they contain. */
  label: string
  protects: string
  drawing: string
  link: string | undefined
  /** Name of the constant that holds the breaker, safe in code. */
  name: string
  fileName: string
  isTimeWindow: boolean
  watchesSlowCalls: boolean
  /** Each opening without a close in between waits longer than the one before. */
  waitGrows: boolean
  usesTimers: boolean
  hasFallback: boolean
  fallsBackOnFailure: boolean
}

const SLOW_MS_DEFAULT = 60_000

/** Which parts a breaker with these settings needs; everything else is left out of its code. */
export function planParts(settings: BreakerSettings) {
  return {
    isTimeWindow: settings.slidingWindowType === 'TIME_BASED',
    // resilience4j's own default: all calls slower than a minute. As good as not watching, and half the code.
    watchesSlowCalls: settings.slowCallRateThreshold < 100 || settings.slowCallDurationThresholdMs < SLOW_MS_DEFAULT,
    waitGrows: settings.waitMultiplier !== 1,
    usesTimers: settings.automaticTransitionFromOpenToHalfOpen || settings.maxWaitDurationInHalfOpenStateMs > 0,
    hasFallback: settings.fallbackOn !== 'none',
    fallsBackOnFailure: settings.fallbackOn === 'rejected-or-failed',
  }
}

/** The settings of a breaker node. A checked blueprint has every field. */
export function settingsOf(node: BlueprintNode): BreakerSettings {
  return node.config as unknown as BreakerSettings
}
