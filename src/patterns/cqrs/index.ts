import type { Pattern } from '../pattern.ts'
import { commandHandler } from './command-handler/index.ts'
import { eventLog } from './event-log/index.ts'
import { projector } from './projector/index.ts'
import { publisher } from './publisher/index.ts'
import { queryHandler } from './query-handler/index.ts'
import { readModel } from './read-model/index.ts'

/** The kinds of CQRS, as they stand from a write to a read. */
export const cqrs: readonly Pattern[] = [commandHandler, eventLog, publisher, projector, readModel, queryHandler]
