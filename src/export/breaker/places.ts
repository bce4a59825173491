import { fieldPlaces } from '../field-places.ts'
import type { BreakerSettings } from './settings.ts'

/** The setting that each named constant of a breaker's code is. */
const FIELDS: Readonly<Record<string, keyof BreakerSettings>> = {
  WINDOW_SECONDS: 'slidingWindowSize',
  WINDOW_CALLS: 'slidingWindowSize',
  MINIMUM_CALLS: 'minimumNumberOfCalls',
  FAILURE_RATE_PERCENT: 'failureRateThreshold',
  SLOW_CALL_RATE_PERCENT: 'slowCallRateThreshold',
  SLOW_CALL_MS: 'slowCallDurationThresholdMs',
  OPEN_MS: 'waitDurationInOpenStateMs',
  OPEN_GROWTH: 'waitMultiplier',
  OPEN_MS_MAX: 'waitMaxMs',
  PROBES: 'permittedNumberOfCallsInHalfOpenState',
  HALF_OPEN_MS_MAX: 'maxWaitDurationInHalfOpenStateMs',
}

export const breakerPlaces = fieldPlaces(FIELDS)
