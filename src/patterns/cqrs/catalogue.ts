import type { PatternMachines } from '../pattern.ts'
import { commandHandlerMachine } from './command-handler/machine.ts'
import { eventLogMachine } from './event-log/machine.ts'
import { projectorMachine } from './projector/machine.ts'
import { publisherMachine } from './publisher/machine.ts'
import { queryHandlerMachine } from './query-handler/machine.ts'
import { readModelMachine } from './read-model/machine.ts'

/** The machines of the kinds of CQRS. */
export const cqrsMachines: Readonly<Record<string, PatternMachines>> = {
  'command-handler': { machine: () => commandHandlerMachine },
  'event-log': { machine: () => eventLogMachine },
  publisher: { machine: () => publisherMachine },
  projector: { machine: () => projectorMachine },
  'read-model': { machine: () => readModelMachine },
  'query-handler': { machine: () => queryHandlerMachine },
}
