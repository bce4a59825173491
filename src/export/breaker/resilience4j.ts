import type { Resilience4jInstance } from '../exporter.ts'
import { code } from '../print.ts'
import { setting } from '../resilience4j.ts'
import type { BreakerSettings } from './settings.ts'

/** A breaker as resilience4j is configured; the meaning of its settings is theirs. */
export function breakerInstance(settings: BreakerSettings): Resilience4jInstance {
  const { waitMultiplier, waitMaxMs, maxWaitDurationInHalfOpenStateMs: longestMs } = settings
  const grows = waitMultiplier !== 1
  return {
    module: 'circuitbreaker',
    settings: code`
      ${setting('slidingWindowType', settings.slidingWindowType)}
      ${setting('slidingWindowSize', settings.slidingWindowSize)}
      ${setting('minimumNumberOfCalls', settings.minimumNumberOfCalls)}
      ${setting('failureRateThreshold', settings.failureRateThreshold)}
      ${setting('slowCallRateThreshold', settings.slowCallRateThreshold)}
      ${setting('slowCallDurationThreshold', `${settings.slowCallDurationThresholdMs}ms`)}
      ${setting('waitDurationInOpenState', `${settings.waitDurationInOpenStateMs}ms`)}
      ${grows && setting('enableExponentialBackoff', true)}
      ${grows && setting('exponentialBackoffMultiplier', waitMultiplier)}
      ${grows && waitMaxMs > 0 && setting('exponentialMaxWaitDurationInOpenState', `${waitMaxMs}ms`)}
      ${setting('automaticTransitionFromOpenToHalfOpenEnabled', settings.automaticTransitionFromOpenToHalfOpen)}
      ${setting('permittedNumberOfCallsInHalfOpenState', settings.permittedNumberOfCallsInHalfOpenState)}
      ${longestMs > 0 && setting('maxWaitDurationInHalfOpenState', `${longestMs}ms`)}
    `,
    differs: [
      ...(settings.fallbackOn === 'none' ? [] : ['the fallback is no setting: it is a fallbackMethod of your code.']),
      ...(longestMs > 0 && settings.transitionToStateAfterWaitDuration === 'CLOSED'
        ? ['half-open without a verdict opens again; that it closes can be set in code only (transitionToStateAfterWaitDuration).']
        : []),
      ...(settings.initialState === 'CLOSED' ? [] : ['starts closed.']),
    ],
  }
}
