import { definePattern } from '../../pattern.ts'
import { checkReadModelGraph } from '../check-graph.ts'
import { readModelDefaults, readModelSchema, type ReadModelConfig } from './config.ts'
import type { ReadModelContext } from './machine.ts'

export const readModel = definePattern<ReadModelConfig, ReadModelContext>({
  kind: 'read-model',
  folder: 'cqrs',
  title: 'Read model',
  summary: 'The view that queries read',
  role: 'server',
  ports: { in: true, out: 'many' },
  schema: readModelSchema,
  defaults: readModelDefaults,
  checkGraph: checkReadModelGraph,
  faults: [],
  states: {
    empty: { word: 'Empty', tone: 'muted' },
    filled: { word: 'Filled', tone: 'neutral' },
  },
  figures: (_stats, context) => [
    { label: 'reads', value: context.reads, unit: '', digits: 0 },
    { label: 'writes', value: context.writes, unit: '', digits: 0 },
  ],
  explain: ({ to }) => (to === 'empty' ? 'The view was emptied.' : 'The first event is in the view.'),
})
