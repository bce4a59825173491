import { definePattern } from '../../pattern.ts'
import { OWN_TYPES } from '../protocol.ts'
import { eventLogDefaults, eventLogSchema, type EventLogConfig } from './config.ts'
import { eventLogFaults } from './faults.ts'
import type { EventLogContext } from './machine.ts'

export const eventLog = definePattern<EventLogConfig, EventLogContext>({
  kind: 'event-log',
  folder: 'cqrs',
  title: 'Event log',
  summary: 'Commits events in order, and tells them on',
  role: 'server',
  ports: { in: true, out: 'many' },
  schema: eventLogSchema,
  defaults: eventLogDefaults,
  faults: eventLogFaults,
  states: {
    idle: { word: 'Idle', tone: 'neutral' },
    appending: { word: 'Appending', tone: 'neutral' },
  },
  figures: (_stats, context) => [
    { label: 'events', value: context.committed, unit: '', digits: 0 },
    { label: 'head', value: context.head, unit: '', digits: 0 },
  ],
  requestTypes: () => [OWN_TYPES.subscribe, OWN_TYPES.deliver],
  explain: ({ to }) => (to === 'idle' ? 'No append is under way.' : 'An append came; it counts once it is committed.'),
})
