import { defineRuntime, type PatternRuntime } from '../pattern.ts'
import { CommandHandlerRuntime } from './command-handler/behavior.ts'
import type { CommandHandlerConfig } from './command-handler/config.ts'
import { EventLogRuntime } from './event-log/behavior.ts'
import type { EventLogConfig } from './event-log/config.ts'
import { noteText } from './notes.ts'
import { lagGoesAbove, observeProjector, observeReader } from './observer/observer.ts'
import { observeWriter } from './observer/write-observer.ts'
import { ProjectorRuntime } from './projector/behavior.ts'
import type { ProjectorConfig } from './projector/config.ts'
import { PublisherRuntime } from './publisher/behavior.ts'
import type { PublisherConfig } from './publisher/config.ts'
import { QueryHandlerRuntime } from './query-handler/behavior.ts'
import type { QueryHandlerConfig } from './query-handler/config.ts'
import { ReadModelRuntime } from './read-model/behavior.ts'
import type { ReadModelConfig } from './read-model/config.ts'

/** What makes the kinds of CQRS run, by kind. */
export const cqrsRuntimes: Readonly<Record<string, PatternRuntime>> = {
  'command-handler': defineRuntime<CommandHandlerConfig>({
    create: (config, setup, kernel, node) => new CommandHandlerRuntime(kernel, node, config, setup.requestTypes),
    observe: observeWriter,
    noteText,
  }),
  'event-log': defineRuntime<EventLogConfig>({
    create: (config, setup, kernel, node) => new EventLogRuntime(kernel, node, config, setup),
    observe: observeWriter,
    noteText,
  }),
  publisher: defineRuntime<PublisherConfig>({
    create: (config, setup, kernel, node) => new PublisherRuntime(kernel, node, config, setup.requestTypes),
    noteText,
  }),
  projector: defineRuntime<ProjectorConfig>({
    create: (config, setup, kernel, node) => new ProjectorRuntime(kernel, node, config, setup.requestTypes),
    observe: observeProjector,
    moments: { lag: lagGoesAbove },
    noteText,
  }),
  'read-model': defineRuntime<ReadModelConfig>({
    create: (config, setup, kernel, node) => new ReadModelRuntime(kernel, node, config, setup.requestTypes),
    observe: observeReader,
    noteText,
  }),
  'query-handler': defineRuntime<QueryHandlerConfig>({
    create: (config, setup, kernel, node) => new QueryHandlerRuntime(kernel, node, config, setup.requestTypes),
    observe: observeReader,
    noteText,
  }),
}
