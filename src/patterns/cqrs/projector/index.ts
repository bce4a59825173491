import { definePattern } from '../../pattern.ts'
import { checkProjectorGraph } from '../check-graph.ts'
import { OWN_TYPES } from '../protocol.ts'
import { checkProjector, projectorDefaults, projectorSchema, type ProjectorConfig } from './config.ts'
import { projectorFaults } from './faults.ts'
import type { ProjectorContext } from './machine.ts'

const WHY: Readonly<Record<string, string>> = {
  caughtUp: 'Every event it was given is in the view, or set aside.',
  running: 'Events wait; it handles them one after another.',
  rebuilding: 'The view was emptied and is built anew from the first event.',
  retrying: 'An event failed; it is tried again after a pause.',
  stopped: 'An event fails however often it is tried: nothing behind it is handled until somebody steps in.',
  paused: 'It stands still; events pile up in front of it.',
  crashed: 'What it held is lost; what it stored is not.',
  starting: 'It reads its checkpoint, to go on from there.',
  resuming: 'It goes on where it stood.',
}

export const projector = definePattern<ProjectorConfig, ProjectorContext>({
  kind: 'projector',
  folder: 'cqrs',
  title: 'Projector',
  summary: 'Turns events into a view',
  role: 'server',
  ports: { in: true, out: 'many' },
  schema: projectorSchema,
  defaults: projectorDefaults,
  check: checkProjector,
  checkGraph: checkProjectorGraph,
  faults: projectorFaults,
  moments: [
    {
      type: 'lag',
      label: 'Lag goes above',
      words: (events) => `lag went above ${events} ${events === 1 ? 'event' : 'events'}`,
      amount: { unit: 'events', default: 20, min: 0, max: 100_000 },
    },
  ],
  states: {
    caughtUp: { word: 'Caught up', tone: 'closed' },
    running: { word: 'Running', tone: 'neutral' },
    rebuilding: { word: 'Rebuilding', tone: 'half-open' },
    retrying: { word: 'Retrying', tone: 'warn', minor: true },
    stopped: { word: 'Stopped', tone: 'open', minor: true },
    paused: { word: 'Paused', tone: 'down' },
    crashed: { word: 'Down', tone: 'down', minor: true },
    starting: { word: 'Starting', tone: 'neutral', minor: true },
    resuming: { word: 'Resuming', tone: 'neutral', minor: true },
  },
  figures: (_stats, context) => [
    { label: 'waiting', value: context.waiting + context.busy, unit: '', digits: 0 },
    { label: 'checkpoint', value: context.checkpoint, unit: '', digits: 0 },
  ],
  requestTypes: () => [OWN_TYPES.apply],
  explain: ({ to }) => WHY[to] ?? '',
})
