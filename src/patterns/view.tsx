import type { ComponentType } from 'react'
import type { Violation } from './pattern.ts'
import type { Trials } from './trials.ts'

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
  /** Changes a setting of the node, or of another, as one undoable step. */
  onSet: (field: string, value: unknown, of?: string) => void
  /** The drawing the node stands in, without what is bypassed. */
  drawing: {
    nodes: readonly { id: string; kind: string; label: string; config: Readonly<Record<string, unknown>> }[]
    edges: readonly { id: string; from: string; to: string }[]
  }
  trials: Trials
  /** Puts policies on the way of an edge, as one undoable step. */
  onInsert: (edge: string, kinds: readonly string[]) => void
  /** Sends the node's machine, or another's, a signal by hand at the playhead. */
  onSignal: (signal: ByHandSignal['signal'], of?: string) => void
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

/** The React parts of a kind that its drawing needs. */
export interface PatternView {
  Icon: ComponentType<{ size?: number | string; 'aria-hidden'?: boolean }>
  /** Drawn between the figures and the bars of a node. */
  NodeBody?: ComponentType<NodeBodyProps>
}

/** The parts of a kind that the inspector shows. */
export interface PatternPanels {
  /** What the machine remembers and how that led to its state. */
  Why?: ComponentType<WhyProps>
  /** Above everything else: what the kind has to show beyond its state. */
  Panel?: ComponentType<PanelProps>
  /** Editors for settings that no plain control fits. */
  OwnField?: ComponentType<OwnFieldProps>
  byHand?: readonly ByHandSignal[]
  /** The kind's README, as text. */
  help: string
}
