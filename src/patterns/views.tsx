import { BookOpenText, FilePen, Hammer, Repeat2, ScrollText, Search, Send, Server, Timer, ToggleLeft, Users } from 'lucide-react'
import { lazy, type ComponentType } from 'react'
import breakerHelp from './circuit-breaker/README.md?raw'
import { breakerByHand } from './circuit-breaker/by-hand.ts'
import { BreakerWhy } from './circuit-breaker/why.tsx'
import clientHelp from './client/README.md?raw'
import { clientByHand } from './client/by-hand.ts'
import cqrsHelp from './cqrs/README.md?raw'
import { CommandHandlerBody, EventLogBody, ProjectorBody, QueryHandlerBody, ReadModelBody } from './cqrs/bodies.tsx'
import { projectorByHand } from './cqrs/projector/by-hand.ts'
import retryHelp from './retry/README.md?raw'
import serviceHelp from './service/README.md?raw'
import timeoutHelp from './timeout/README.md?raw'
import type { ByHandSignal, NodeBodyProps, OwnFieldProps, PanelProps, WhyProps } from './view-props.ts'

export type { ByHandSignal, NodeBodyProps, OwnFieldProps, PanelProps, WhyProps } from './view-props.ts'

/** The React parts of a kind. */
export interface PatternView {
  Icon: ComponentType<{ size?: number | string; 'aria-hidden'?: boolean }>
  /** Drawn between the figures and the bars of a node. */
  NodeBody?: ComponentType<NodeBodyProps>
  /** In the inspector: what the machine remembers and how that led to its state. */
  Why?: ComponentType<WhyProps>
  /** In the inspector, above the settings: what the kind has to show beyond its state. */
  Panel?: ComponentType<PanelProps>
  /** Editors for settings that no plain control fits. */
  OwnField?: ComponentType<OwnFieldProps>
  byHand?: readonly ByHandSignal[]
  /** The kind's README, as text. */
  help?: string
}

const loadDivergence = () => import('./cqrs/panel.tsx')
const DivergencePanel = lazy(async () => ({ default: (await loadDivergence()).DivergencePanel }))

/** Fetches what is shown of a kind only once it is looked into. */
export async function loadPanels(): Promise<void> {
  await loadDivergence()
}

/** One entry for every kind of `index.ts`; a test holds the two together. */
export const patternViews: Readonly<Record<string, PatternView>> = {
  client: { Icon: Users, byHand: clientByHand, help: clientHelp },
  service: { Icon: Server, help: serviceHelp },
  'circuit-breaker': { Icon: ToggleLeft, Why: BreakerWhy, byHand: breakerByHand, help: breakerHelp },
  retry: { Icon: Repeat2, help: retryHelp },
  timeout: { Icon: Timer, help: timeoutHelp },
  'command-handler': { Icon: FilePen, NodeBody: CommandHandlerBody, help: cqrsHelp },
  'event-log': { Icon: ScrollText, NodeBody: EventLogBody, help: cqrsHelp },
  publisher: { Icon: Send, help: cqrsHelp },
  projector: { Icon: Hammer, NodeBody: ProjectorBody, Panel: DivergencePanel, byHand: projectorByHand, help: cqrsHelp },
  'read-model': { Icon: BookOpenText, NodeBody: ReadModelBody, Panel: DivergencePanel, help: cqrsHelp },
  'query-handler': { Icon: Search, NodeBody: QueryHandlerBody, Panel: DivergencePanel, help: cqrsHelp },
}
