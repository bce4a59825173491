import { BookOpenText, FilePen, Hammer, Logs, Repeat2, ScrollText, Search, Send, Server, Timer, ToggleLeft, Undo2, Users } from 'lucide-react'
import { CommandHandlerBody, EventLogBody, ProjectorBody, QueryHandlerBody, ReadModelBody } from './cqrs/bodies.tsx'
import { SagaLogBody } from './saga/log-body.tsx'
import { SagaBody } from './saga/node-body.tsx'
import type { PatternView } from './view.tsx'

/** How kinds are drawn; one entry for every kind of `index.ts`, a test holds the two together. What the inspector shows comes later: `panels.tsx`. */
export const patternViews: Readonly<Record<string, PatternView>> = {
  client: { Icon: Users },
  service: { Icon: Server },
  'circuit-breaker': { Icon: ToggleLeft },
  retry: { Icon: Repeat2 },
  timeout: { Icon: Timer },
  saga: { Icon: Undo2, NodeBody: SagaBody },
  'saga-log': { Icon: ScrollText, NodeBody: SagaLogBody },
  'command-handler': { Icon: FilePen, NodeBody: CommandHandlerBody },
  'event-log': { Icon: Logs, NodeBody: EventLogBody },
  publisher: { Icon: Send },
  projector: { Icon: Hammer, NodeBody: ProjectorBody },
  'read-model': { Icon: BookOpenText, NodeBody: ReadModelBody },
  'query-handler': { Icon: Search, NodeBody: QueryHandlerBody },
}
