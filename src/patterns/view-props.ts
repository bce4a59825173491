import type { Trial } from './pattern.ts'

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
  /** Changes a setting of the node, or of another, as one undoable step. */
  onSet: (field: string, value: unknown, of?: string) => void
  /** The drawing the node stands in, without what is bypassed. */
  drawing: {
    nodes: readonly { id: string; kind: string; label: string; config: Readonly<Record<string, unknown>> }[]
    edges: readonly { from: string; to: string }[]
  }
  trials: Trials
  /** Sends the node's machine, or another's, a signal by hand at the playhead. */
  onSignal: (signal: ByHandSignal['signal'], of?: string) => void
}

/** Settings of nodes, as they would be. */
export type Changes = readonly { node: string; field: string; value: unknown }[]

/** Whole runs of the drawing with settings changed, for comparison: same luck, computed off the page's thread. */
export interface Trials {
  /** What came of a run with these changes; undefined until it was run. */
  of: (changes: Changes) => Trial | undefined
  /** Runs what is not known yet, one after the other. */
  run: (variants: readonly Changes[]) => void
  /** Gives up what is not done. */
  stop: () => void
  /** Of what was asked for last; undefined when nothing is being run. */
  progress: { done: number; total: number } | undefined
  /** Why the last run failed; a sentence for people. */
  trouble: string | undefined
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
