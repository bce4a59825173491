import { definePattern } from '../pattern.ts'
import { timeoutDefaults, timeoutSchema, type TimeoutConfig } from './config.ts'
import type { TimeoutContext } from './machine.ts'

export const timeout = definePattern<TimeoutConfig, TimeoutContext>({
  kind: 'timeout',
  title: 'Timeout',
  summary: 'Stops waiting',
  role: 'policy',
  ports: { in: true, out: 'one' },
  schema: timeoutSchema,
  defaults: timeoutDefaults,
  onPath: ({ timeoutMs }) => ({ limit: { ms: timeoutMs, field: 'timeoutMs' } }),
  faults: [],
  states: {
    idle: { word: 'Idle', tone: 'neutral' },
    waiting: { word: 'Waiting', tone: 'neutral' },
  },
  figures: (_stats, context) => [
    { label: 'waiting', value: context.waiting, unit: '', digits: 0 },
    { label: 'gave up', value: context.expired, unit: '', digits: 0 },
  ],
  explain: ({ to }) => (to === 'idle' ? 'No call is waited for.' : 'A call is waited for.'),
})
