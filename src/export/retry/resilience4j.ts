import type { Resilience4jInstance } from '../exporter.ts'
import { code, type Code } from '../print.ts'
import { setting } from '../resilience4j.ts'
import { planWaits, type RetrySettings } from './settings.ts'

/**
 * A retry as resilience4j is configured. Its waits are spread around a middle, by a share of that: from half of a wait up to
 * all of it is three quarters, a third more or less. A share of 1 is refused.
 */
const SPREAD: Record<RetrySettings['jitter'], { middle: number; share: number }> = {
  none: { middle: 1, share: 0 },
  full: { middle: 0.5, share: 0.999 },
  equal: { middle: 0.75, share: 0.3333 },
}

export function retryInstance(settings: RetrySettings): Resilience4jInstance {
  const { waitGrows, isJittered, longestMs } = planWaits(settings)
  const { middle, share } = SPREAD[isJittered ? settings.jitter : 'none']
  const waitMs = settings.initialIntervalMs * middle
  const wholeMs = settings.initialIntervalMs === 0 ? 0 : Math.max(1, Math.round(waitMs))
  return {
    module: 'retry',
    settings: code`
      ${setting('maxAttempts', settings.maximumAttempts)}
      ${setting('waitDuration', `${wholeMs}ms`)}
      ${waitGrows && setting('enableExponentialBackoff', true)}
      ${waitGrows && setting('exponentialBackoffMultiplier', settings.backoffCoefficient)}
      ${waitGrows && setting('exponentialMaxWaitDuration', `${Math.round(longestMs)}ms`)}
      ${isJittered && setting('enableRandomizedWait', true)}
      ${isJittered && setting('randomizedWaitFactor', share)}
      ${!settings.retryOnRejected && refusals()}
    `,
    differs: [
      ...(wholeMs === waitMs && (!waitGrows || Number.isInteger(settings.backoffCoefficient)) ? [] : ['waits are whole milliseconds there.']),
      ...(isJittered ? [`waits are drawn around ${wholeMs} ms, which comes to nearly the same.`] : []),
      ...(isJittered && waitGrows ? ['the longest wait limits what was drawn, so that waits are spread less where it is reached.'] : []),
      ...(settings.retryOnRejected ? [] : ['of refusals, those of an open breaker are not repeated; add others, such as those of a full queue, to ignoreExceptions.']),
    ],
  }
}

function refusals(): Code {
  return code`
    ignoreExceptions:
      - io.github.resilience4j.circuitbreaker.CallNotPermittedException
  `
}
