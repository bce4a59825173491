import { Repeat2, ScrollText, Server, Timer, ToggleLeft, Undo2, Users } from 'lucide-react'
import type { ComponentType } from 'react'
import breakerHelp from './circuit-breaker/README.md?raw'
import { breakerByHand } from './circuit-breaker/by-hand.ts'
import { BreakerWhy } from './circuit-breaker/why.tsx'
import clientHelp from './client/README.md?raw'
import { clientByHand } from './client/by-hand.ts'
import type { Violation } from './pattern.ts'
import retryHelp from './retry/README.md?raw'
import sagaHelp from './saga/README.md?raw'
import { sagaByHand } from './saga/by-hand.ts'
import { SagaLogBody } from './saga/log-body.tsx'
import { SagaBody } from './saga/node-body.tsx'
import { SagaPanel } from './saga/panel.tsx'
import { StepsField } from './saga/steps-field.tsx'
import serviceHelp from './service/README.md?raw'
import timeoutHelp from './timeout/README.md?raw'

/** What a kind's own part of its node is given. It draws itself once and writes live values through `onFacts`. */
export interface NodeBodyProps {
  id: string
  config: unknown
  /** Calls `write` with the machine's state and context at most ten times a second. Returns the way to stop. */
  onFacts: (write: WriteFacts) => () => void
}

/** Given the machine's state and context, what the kind's observer tells, and the names of the run's request types. */
export type WriteFacts = (state: string, context: unknown, facts: unknown, requestTypes: readonly string[]) => void

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
  /** Rules broken at this node up to now, in order. */
  violations: readonly Violation[]
  /** Tells runs apart. */
  runId: number
  /** Number of the request that is followed; 0: none. */
  watched: number
  onWatch: (request: number) => void
  onSeek: (atUs: number) => void
  /** Changes a setting of the node as one undoable step. */
  onSet: (field: string, value: unknown) => void
  /** Sends the node's machine a signal by hand, at the playhead. */
  onSignal: (signal: ByHandSignal['signal']) => void
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
  saga: { Icon: Undo2, NodeBody: SagaBody, Panel: SagaPanel, OwnField: StepsField, byHand: sagaByHand, help: sagaHelp },
  'saga-log': { Icon: ScrollText, NodeBody: SagaLogBody, help: sagaHelp },
}
