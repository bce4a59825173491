import { definePattern } from '../pattern.ts'
import { clientDefaults, clientSchema, type ClientConfig } from './config.ts'
import type { ClientContext } from './machine.ts'

export const client = definePattern<ClientConfig, ClientContext>({
  kind: 'client',
  title: 'Client',
  summary: 'Makes the load',
  role: 'source',
  ports: { in: false, out: 'many' },
  schema: clientSchema,
  defaults: clientDefaults,
  onPath: ({ deadlineMs }) => ({ limit: { ms: deadlineMs, field: 'deadlineMs' } }),
  requestTypes: (config) => config.requestTypes.map(({ name }) => ({ name, look: 'request' })),
  faults: [],
  moments: [{ type: 'failure', label: 'A request fails', words: () => 'a request failed' }],
  states: {
    sending: { word: 'Sending', tone: 'neutral' },
    stopped: { word: 'Stopped', tone: 'muted' },
  },
  figures: (stats) => [
    { label: 'answered', value: stats.okPercent, unit: '%', digits: 0 },
    { label: 'p95', value: stats.latencyMsP95, unit: 'ms', digits: 0 },
  ],
  explain: ({ to }) => (to === 'stopped' ? 'Stopped by hand.' : 'Sending again.'),
})
