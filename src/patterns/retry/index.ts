import { definePattern } from '../pattern.ts'
import { retryDefaults, retrySchema, type RetryConfig } from './config.ts'
import type { RetryContext } from './machine.ts'

export const retry = definePattern<RetryConfig, RetryContext>({
  kind: 'retry',
  title: 'Retry',
  summary: 'Asks again after a failure',
  role: 'policy',
  ports: { in: true, out: 'one' },
  schema: retrySchema,
  defaults: retryDefaults,
  onPath: ({ maximumAttempts }) => ({ attempts: { count: maximumAttempts, field: 'maximumAttempts' } }),
  check: (config) =>
    config.maximumIntervalMs < config.initialIntervalMs
      ? [{ field: 'maximumIntervalMs', message: `${config.maximumIntervalMs} is below initialIntervalMs ${config.initialIntervalMs}, so waits never grow`, severity: 'warning' }]
      : [],
  faults: [],
  states: {
    calm: { word: 'Calm', tone: 'neutral' },
    retrying: { word: 'Retrying', tone: 'warn' },
  },
  figures: (_stats, context) => [
    { label: 'retrying', value: context.retrying, unit: '', digits: 0 },
    { label: 'repeated', value: context.repeated, unit: '', digits: 0 },
  ],
  explain: ({ to }) => (to === 'calm' ? 'No call is being repeated.' : 'A first attempt failed; it is repeated.'),
})
