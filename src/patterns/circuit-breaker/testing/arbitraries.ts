import fc from 'fast-check'
import { breakerDefaults, type BreakerConfig } from '../config.ts'
import { BREAKER_STATES, type BreakerSignal } from '../signals.ts'
import type { Deed } from './reference-model.ts'

/** Small windows, short waits and thresholds on the edge, so that everything happens often. */
export function arbitraryConfig(): fc.Arbitrary<BreakerConfig> {
  const percent = fc.constantFrom(1, 25, 100 / 3, 33.333_332, 50, 66.666_67, 100)
  return fc
    .record({
      slidingWindowType: fc.constantFrom('COUNT_BASED' as const, 'TIME_BASED' as const),
      slidingWindowSize: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 7, max: 20 })),
      minimumNumberOfCalls: fc.integer({ min: 1, max: 7 }),
      failureRateThreshold: percent,
      slowCallRateThreshold: percent,
      slowCallDurationThresholdMs: fc.constantFrom(1, 3),
      waitDurationInOpenStateMs: fc.constantFrom(1, 3, 1_000, 2_500),
      waitMultiplier: fc.constantFrom(1, 1.5, 2),
      waitMaxMs: fc.constantFrom(0, 2, 4_000),
      automaticTransitionFromOpenToHalfOpen: fc.boolean(),
      permittedNumberOfCallsInHalfOpenState: fc.integer({ min: 1, max: 4 }),
      maxWaitDurationInHalfOpenStateMs: fc.constantFrom(0, 0, 300, 700),
      transitionToStateAfterWaitDuration: fc.constantFrom('OPEN' as const, 'CLOSED' as const),
      initialState: fc.oneof({ weight: 3, arbitrary: fc.constant('CLOSED' as const) }, fc.constantFrom(...BREAKER_STATES)),
    })
    .map((fields) => ({ ...breakerDefaults, ...fields }))
}

type Timeless<T> = T extends unknown ? Omit<T, 'atUs'> : never

/** Calls mostly; sometimes a hand. Gaps favour the same instant, exact waits and one microsecond more. */
export function arbitraryTrace(): fc.Arbitrary<Deed[]> {
  const gapUs = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(0, 1, 400) },
    { weight: 3, arbitrary: fc.constantFrom(1_000, 1_001, 3_000, 999_999, 1_000_000, 1_000_001, 2_500_000, 2_500_001) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 30_000_000 }) },
  )
  const durationUs = fc.constantFrom(0, 999, 1_000, 1_001, 3_000, 3_001)
  const deed: fc.Arbitrary<Timeless<Deed>> = fc.oneof(
    { weight: 8, arbitrary: fc.record({ op: fc.constant('acquire' as const) }) },
    { weight: 12, arbitrary: fc.record({ op: fc.constantFrom('success' as const, 'failure' as const), durationUs }) },
    { weight: 3, arbitrary: fc.record({ op: fc.constantFrom('ignored' as const, 'release' as const, 'look' as const) }) },
    { weight: 3, arbitrary: fc.record({ op: fc.constant('force' as const), to: fc.constantFrom(...BREAKER_STATES) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('reset' as const) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('openFor' as const), waitUs: fc.constantFrom(0, 1_000, 5_000) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('openUntil' as const), untilUs: fc.integer({ min: 0, max: 20_000_000 }) }) },
  )
  return fc.array(fc.tuple(gapUs, deed), { minLength: 1, maxLength: 80, size: 'max' }).map((steps) => {
    let atUs = 0
    return steps.map(([gap, timeless]) => ({ ...timeless, atUs: (atUs += gap) }))
  })
}

/** The signal a deed is to the machine; undefined for a mere look. */
export function signalOf(deed: Deed): BreakerSignal | undefined {
  const nowUs = deed.atUs
  switch (deed.op) {
    case 'look':
      return undefined
    case 'acquire':
      return { type: 'ACQUIRE', nowUs }
    case 'success':
      return { type: 'SUCCESS', nowUs, durationUs: deed.durationUs }
    case 'failure':
      return { type: 'FAILURE', nowUs, durationUs: deed.durationUs }
    case 'ignored':
      return { type: 'IGNORED', nowUs }
    case 'release':
      return { type: 'RELEASE', nowUs }
    case 'reset':
      return { type: 'RESET', nowUs }
    case 'force':
      return { type: 'FORCE', nowUs, to: deed.to }
    case 'openFor':
      return { type: 'OPEN_FOR', nowUs, waitUs: deed.waitUs }
    case 'openUntil':
      return { type: 'OPEN_UNTIL', nowUs, untilUs: deed.untilUs }
  }
}
