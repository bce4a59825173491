import type * as v from 'valibot'
import type { AnyStateMachine } from 'xstate'
import type { Kernel } from '../sim/contract.ts'
import type { NodeRuntime } from '../sim/contract.ts'

/** A config's schema: a strict object of fields made with the helpers of `fields.ts`. */
export type ConfigSchema<C> = v.GenericSchema<C> & { readonly entries: Readonly<Record<string, v.GenericSchema>> }

/** What the compile step tells a kind besides its config. */
export interface NodeSetup {
  id: string
  /** Names of the run's request types; a call's type indexes this list. */
  requestTypes: readonly string[]
}

/** A disturbance a kind understands. `strength` is what the number means: ×5 slower, 100 % errors. */
export interface FaultSpec {
  type: string
  label: string
  /** Past tense for the log and the lanes: "hangs", "slow ×5". */
  words: (strength: number) => string
  strength?: { label: string; unit: string; default: number; min: number; max: number }
}

/** How a machine state reads and looks. Tones map to the palette; every tone also has its own border and glyph. */
export interface StateLook {
  word: string
  tone: 'neutral' | 'closed' | 'open' | 'half-open' | 'warn' | 'down' | 'muted'
  /** Left out of the small chart unless it is the current one. */
  minor?: boolean
}

/** What happened lately at a node, measured from the trace over the last seconds before the playhead. */
export interface NodeStats {
  callsPerSecond: number
  /** Percent of calls answered ok or by a fallback; NaN when there were none. */
  okPercent: number
  /** Over ok and fallback answers, milliseconds; NaN when there were none. */
  latencyMsP50: number
  latencyMsP95: number
  /** Counted since the run began. */
  totals: { ok: number; fallback: number; failed: number; rejected: number; timedOut: number }
}

/** One of the two large figures on a node. NaN shows as "–". */
export interface Figure {
  label: string
  value: number
  unit: string
  digits: number
}

/** A small bar on a node: busy workers, a queue. */
export interface Bar {
  label: string
  value: number
  capacity: number
}

/** A change of state as the trace has it, with indices resolved. */
export interface TransitionFact {
  from: string
  to: string
  signal: string
  evidence: number
}

/** What an edge may do at a node of this kind. */
export interface Ports {
  in: boolean
  out: 'none' | 'one' | 'many'
}

/**
 * Everything about one kind of node, except its React parts (see `views.ts`). `C` is its config, `X` its machine's context.
 * A new kind is a folder with such a definition and a line in each registry.
 */
export interface Pattern<C = unknown, X = unknown> {
  readonly kind: string
  readonly title: string
  /** One line for the palette. */
  readonly summary: string
  /** Sources make load, servers work, policies stand on a call's path and can be bypassed. */
  readonly role: 'source' | 'server' | 'policy'
  readonly ports: Ports
  readonly schema: ConfigSchema<C>
  readonly defaults: C
  /** Rules that concern several fields; messages name the field. */
  readonly check?: (config: C) => { field: string; message: string; severity: 'error' | 'warning' }[]
  /** The machine that runs, is drawn and is exported. Must return the same object for the same config object. */
  readonly machine: (config: C) => AnyStateMachine
  readonly create: (config: C, setup: NodeSetup, kernel: Kernel, node: number) => NodeRuntime
  readonly faults: readonly FaultSpec[]
  readonly states: Readonly<Record<string, StateLook>>
  /** Its changes of state are rare and telling: "step to the next change" stops there, and the timeline draws them. */
  readonly isStepTarget?: boolean
  readonly figures: (stats: NodeStats, context: X, config: C) => readonly [Figure, Figure]
  readonly bars?: (context: X, config: C) => readonly Bar[]
  /** One sentence: why this change of state happened. */
  readonly explain: (fact: TransitionFact, config: C) => string
}

/** Checks a definition's types and gives it back, config and context erased, for the registry. */
export function definePattern<C, X>(pattern: Pattern<C, X>): Pattern {
  return pattern as unknown as Pattern
}
