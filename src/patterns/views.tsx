import { Repeat2, ScrollText, Server, Timer, ToggleLeft, Undo2, Users } from 'lucide-react'
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
}
