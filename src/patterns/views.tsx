import { BookOpenText, FilePen, Hammer, Repeat2, ScrollText, Search, Send, Server, Timer, ToggleLeft, Users } from 'lucide-react'
import type { ComponentType } from 'react'
import breakerHelp from './circuit-breaker/README.md?raw'
import { breakerByHand } from './circuit-breaker/by-hand.ts'
import { BreakerWhy } from './circuit-breaker/why.tsx'
import clientHelp from './client/README.md?raw'
import { clientByHand } from './client/by-hand.ts'
import cqrsHelp from './cqrs/README.md?raw'
import { projectorByHand } from './cqrs/projector/by-hand.ts'
import retryHelp from './retry/README.md?raw'
import serviceHelp from './service/README.md?raw'
import timeoutHelp from './timeout/README.md?raw'

/** What a kind's own part of its node is given. It draws itself once and writes live values through `onFacts`. */
export interface NodeBodyProps {
  id: string
  config: unknown
  /** Calls `write` with the machine's state and context at most ten times a second. Returns the way to stop. */
  onFacts: (write: (state: string, context: unknown, facts: unknown) => void) => () => void
}

/** What a kind's reading of itself is given, at the playhead. */
export interface WhyProps {
  state: string
  context: unknown
  config: unknown
  nowUs: number
}

/** What a kind's panel in the inspector is given, at the playhead. */
export interface PanelProps {
  /** Of the node: id, label and config. */
  node: { id: string; label: string }
  state: string
  context: unknown
  config: unknown
  /** What the kind's observer tells. */
  facts: unknown
  nowUs: number
  /** Number of the request that is followed; 0: none. */
  watched: number
  onWatch: (request: number) => void
  onSeek: (atUs: number) => void
  /** Changes a setting of the node as one undoable step. */
  onSet: (field: string, value: unknown) => void
}

/** What a kind's own editor of a setting is given, for fields whose control is `own`. */
export interface OwnFieldProps {
  field: string
  value: unknown
  config: unknown
  describedBy: string
  onChange: (value: unknown) => void
}

/** A signal that people may send to a node's machine by hand. */
export interface ByHandSignal {
  label: string
  hint: string
  signal: Readonly<Record<string, string | number | boolean>>
}

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

/** One entry for every kind of `index.ts`; a test holds the two together. */
export const patternViews: Readonly<Record<string, PatternView>> = {
  client: { Icon: Users, byHand: clientByHand, help: clientHelp },
  service: { Icon: Server, help: serviceHelp },
  'circuit-breaker': { Icon: ToggleLeft, Why: BreakerWhy, byHand: breakerByHand, help: breakerHelp },
  retry: { Icon: Repeat2, help: retryHelp },
  timeout: { Icon: Timer, help: timeoutHelp },
  'command-handler': { Icon: FilePen, help: cqrsHelp },
  'event-log': { Icon: ScrollText, help: cqrsHelp },
  publisher: { Icon: Send, help: cqrsHelp },
  projector: { Icon: Hammer, byHand: projectorByHand, help: cqrsHelp },
  'read-model': { Icon: BookOpenText, help: cqrsHelp },
  'query-handler': { Icon: Search, help: cqrsHelp },
}
