/* What conformance tools may use of this kind: what they replay, and how they read the result. */
export { breakerDefaults, type BreakerConfig } from './config.ts'
export { readMetrics, type BreakerMetrics } from './inspect.ts'
export { createBreakerMachine } from './machine.ts'
export { BREAKER_STATES, type BreakerContext, type BreakerSignal, type BreakerState } from './signals.ts'
