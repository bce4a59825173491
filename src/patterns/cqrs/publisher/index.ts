import { definePattern } from '../../pattern.ts'
import { publisherDefaults, publisherSchema, type PublisherConfig } from './config.ts'
import type { PublisherContext } from './machine.ts'

export const publisher = definePattern<PublisherConfig, PublisherContext>({
  kind: 'publisher',
  folder: 'cqrs',
  title: 'Publisher',
  summary: 'Carries events from the log to a reader',
  role: 'policy',
  ports: { in: true, out: 'one' },
  schema: publisherSchema,
  defaults: publisherDefaults,
  faults: [],
  states: {
    idle: { word: 'Idle', tone: 'neutral' },
    relaying: { word: 'Relaying', tone: 'neutral' },
  },
  figures: (_stats, context) => [
    { label: 'outbox', value: context.waiting, unit: '', digits: 0 },
    { label: 'published', value: context.published, unit: '', digits: 0 },
  ],
  explain: ({ to }) => (to === 'idle' ? 'Nothing is being relayed.' : 'Relays the event that has waited longest.'),
})
