/* The one place where the command line reaches into the breaker's folder: what it replays, and how it reads the result. */
export { breakerDefaults, type BreakerConfig } from '../../patterns/circuit-breaker/config.ts'
export { readMetrics, type BreakerMetrics } from '../../patterns/circuit-breaker/inspect.ts'
export { createBreakerMachine } from '../../patterns/circuit-breaker/machine.ts'
export { BREAKER_STATES, type BreakerContext, type BreakerSignal, type BreakerState } from '../../patterns/circuit-breaker/signals.ts'
