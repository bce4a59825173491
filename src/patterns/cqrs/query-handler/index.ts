import { definePattern } from '../../pattern.ts'
import { checkQueryHandlerGraph } from '../check-graph.ts'
import { OWN_TYPES } from '../protocol.ts'
import { queryHandlerDefaults, queryHandlerSchema, type QueryHandlerConfig } from './config.ts'
import type { QueryHandlerContext } from './machine.ts'

export const queryHandler = definePattern<QueryHandlerConfig, QueryHandlerContext>({
  kind: 'query-handler',
  folder: 'cqrs',
  title: 'Query handler',
  summary: 'Answers from the read model',
  role: 'server',
  ports: { in: true, out: 'many' },
  schema: queryHandlerSchema,
  defaults: queryHandlerDefaults,
  checkGraph: checkQueryHandlerGraph,
  faults: [],
  states: {
    idle: { word: 'Idle', tone: 'neutral' },
    reading: { word: 'Reading', tone: 'neutral' },
  },
  figures: (stats) => [
    { label: 'queries', value: stats.callsPerSecond, unit: '/s', digits: 0 },
    { label: 'p95', value: stats.latencyMsP95, unit: 'ms', digits: 0 },
  ],
  requestTypes: () => [OWN_TYPES.view],
  explain: ({ to }) => (to === 'idle' ? 'No query is under way.' : 'A query came.'),
})
