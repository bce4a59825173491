import { definePattern } from '../../pattern.ts'
import { checkCommandHandlerGraph } from '../check-graph.ts'
import { OWN_TYPES } from '../protocol.ts'
import { commandHandlerDefaults, commandHandlerSchema, type CommandHandlerConfig } from './config.ts'
import { commandHandlerFaults } from './faults.ts'
import type { CommandHandlerContext } from './machine.ts'

export const commandHandler = definePattern<CommandHandlerConfig, CommandHandlerContext>({
  kind: 'command-handler',
  folder: 'cqrs',
  title: 'Command handler',
  summary: 'Decides, and appends events',
  role: 'server',
  ports: { in: true, out: 'many' },
  schema: commandHandlerSchema,
  defaults: commandHandlerDefaults,
  checkGraph: checkCommandHandlerGraph,
  faults: commandHandlerFaults,
  states: {
    idle: { word: 'Idle', tone: 'neutral' },
    deciding: { word: 'Deciding', tone: 'neutral' },
  },
  figures: (stats, context) => [
    { label: 'commands', value: stats.callsPerSecond, unit: '/s', digits: 0 },
    { label: 'conflicts', value: context.conflicts, unit: '', digits: 0 },
  ],
  requestTypes: () => [OWN_TYPES.load, OWN_TYPES.append],
  explain: ({ to }) => (to === 'idle' ? 'No command is under way.' : 'A command came: load its aggregate, decide, append.'),
})
