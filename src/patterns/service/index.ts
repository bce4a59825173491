import { definePattern } from '../pattern.ts'
import { serviceDefaults, serviceSchema, type ServiceConfig } from './config.ts'
import { serviceFaults } from './faults.ts'
import type { ServiceContext } from './machine.ts'

const WHY: Readonly<Record<string, string>> = {
  'up.idle': 'No call is worked on.',
  'up.busy': 'A worker is free for the next call.',
  'up.queueing': 'All workers are held; calls wait in the queue.',
  hung: 'Calls that start now get no answer until it ends.',
  paused: 'Nothing moves; calls wait in the queue.',
  crashed: 'Everything it held is lost; callers are refused.',
}

export const service = definePattern<ServiceConfig, ServiceContext>({
  kind: 'service',
  title: 'Service',
  summary: 'Workers and a queue',
  role: 'server',
  ports: { in: true, out: 'many' },
  schema: serviceSchema,
  defaults: serviceDefaults,
  faults: serviceFaults,
  states: {
    'up.idle': { word: 'Idle', tone: 'neutral' },
    'up.busy': { word: 'Working', tone: 'neutral' },
    'up.queueing': { word: 'Queueing', tone: 'warn' },
    'up.resuming': { word: 'Resuming', tone: 'neutral', minor: true },
    hung: { word: 'Hanging', tone: 'down' },
    paused: { word: 'Paused', tone: 'down' },
    crashed: { word: 'Down', tone: 'down' },
  },
  figures: (stats) => [
    { label: 'calls', value: stats.callsPerSecond, unit: '/s', digits: 0 },
    { label: 'p95', value: stats.latencyMsP95, unit: 'ms', digits: 0 },
  ],
  bars: (context) => [
    { label: 'workers', value: context.busy, capacity: context.workers },
    { label: 'queue', value: context.queued, capacity: context.queueCapacity },
  ],
  explain: ({ to }) => WHY[to] ?? '',
})
