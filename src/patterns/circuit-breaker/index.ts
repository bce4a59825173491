import { definePattern } from '../pattern.ts'
import { breakerDefaults, breakerSchema, checkBreaker, type BreakerConfig } from './config.ts'
import { explainTransition } from './explain.ts'
import { readFailurePercent } from './inspect.ts'
import type { BreakerContext } from './signals.ts'

export const circuitBreaker = definePattern<BreakerConfig, BreakerContext>({
  kind: 'circuit-breaker',
  title: 'Circuit breaker',
  summary: 'Stops calling what keeps failing',
  role: 'policy',
  ports: { in: true, out: 'one' },
  schema: breakerSchema,
  defaults: breakerDefaults,
  onPath: ({ fallbackOn, slidingWindowType, slidingWindowSize, minimumNumberOfCalls }) => ({
    trips: true,
    ...(fallbackOn === 'rejected-or-failed' && { hides: { field: 'fallbackOn', value: 'rejected' } }),
    ...(slidingWindowType === 'COUNT_BASED' && { judges: { calls: slidingWindowSize, minimum: minimumNumberOfCalls, field: 'slidingWindowSize' } }),
  }),
  check: checkBreaker,
  faults: [],
  states: {
    CLOSED: { word: 'Closed', tone: 'closed' },
    OPEN: { word: 'Open', tone: 'open' },
    HALF_OPEN: { word: 'Half-open', tone: 'half-open' },
    DISABLED: { word: 'Disabled', tone: 'muted', minor: true },
    METRICS_ONLY: { word: 'Metrics only', tone: 'neutral', minor: true },
    FORCED_OPEN: { word: 'Forced open', tone: 'down', minor: true },
  },
  isStepTarget: true,
  figures: (stats, context, config) => [
    { label: 'failed', value: readFailurePercent(context, config), unit: '%', digits: 0 },
    { label: 'calls', value: stats.callsPerSecond, unit: '/s', digits: 0 },
  ],
  explain: explainTransition,
})
