import type * as v from 'valibot'
import type { AnyStateMachine } from 'xstate'
import type { Kernel } from '../sim/contract.ts'
import type { NodeRuntime } from '../sim/contract.ts'
import type { Experiments } from './experiments.ts'

/** A config's schema: a strict object of fields made with the helpers of `fields.ts`. */
export type ConfigSchema<C> = v.GenericSchema<unknown, C> & { readonly entries: Readonly<Record<string, v.GenericSchema>> }

/** What the compile step tells a kind besides its config. */
export interface NodeSetup {
  id: string
  /** Names of the run's request types; a call's type indexes this list. */
  requestTypes: readonly string[]
  /** The engine's edges out of the node, in drawing order: where each leads, and the types it takes (undefined: all). */
  out: readonly { edge: number; to: string; kind: string; types: readonly number[] | undefined }[]
}

/** What a call of some type is drawn as. */
export type RequestTypeLook = 'request' | 'query' | 'compensation' | 'event' | 'log'

/** A type of call that nodes of a kind make on their own account. */
export interface OwnRequestType {
  name: string
  look: RequestTypeLook
}

/** Something that must never be and was: pinned on the timeline with its cause. */
export interface Violation {
  atUs: number
  /** Short name of the rule: "refund without charge". */
  invariant: string
  node: string
  /** One sentence: what happened, to whom, how much. */
  why: string
  /** The request it happened to; 0 when it concerns none alone. */
  request: number
}

/** A chart that an observer keeps, on the run's shared buckets: `lines[].values[bucket]`, NaN where there is nothing to tell. */
export interface ObservedChart {
  id: string
  title: string
  unit: string
  /** What it shows and how it is reckoned, in a sentence. */
  help: string
  lines: readonly { key: string; word: string; tone: 'ink' | 'ok' | 'warn' | 'down' | 'muted' | 'compensation'; values: readonly number[] }[]
}

/** What an observer is told of the run it observes. */
export interface ObserverSetup<C> {
  config: C
  /** The node it observes, as records number it. */
  node: number
  nodeIds: readonly string[]
  requestTypes: readonly string[]
  /** Kinds and configs of all nodes, by the same number. */
  nodes: readonly { id: string; kind: string; config: unknown }[]
  edges: readonly { from: number; to: number }[]
  bucketUs: number
}

/**
 * Reads a run's records on behalf of one node and remembers what came of them: what no machine knows because it concerns
 * several nodes. It is given every record once, in order, up to the furthest time computed; what it tells is for any time up
 * to that, so that going back in time needs nothing computed anew. `sim/record.ts` has the records' layout.
 */
export interface Observer {
  /** The record that starts at word `at` of `words`. */
  add(words: Int32Array, at: number): void
  /** What the node's panels show at `nowUs`: plain data. `watched` is the request that is being followed, 0 for none. */
  facts(nowUs: number, watched: number): unknown
  /** In order of time. */
  violations(): readonly Violation[]
  /** Counts for the end of a run, at `nowUs`. Of several nodes' the sums are printed, of those in `…Ms` the largest. */
  summary(nowUs: number): { name: string; counts: Readonly<Record<string, number>> }
  /** Up to `nowUs`, the furthest time computed. */
  charts?(nowUs: number): readonly ObservedChart[]
}

/** What a whole run of a drawing came to, as far as a node's panel compares runs. */
export interface Trial {
  /** What the node's observer tells of the end. */
  facts: unknown
  /** Mean time of the calls that each node answered, by its id, in ms; nodes that answered none are missing. */
  meanMs: Readonly<Record<string, number>>
}

/** A disturbance a kind understands. `strength` is what the number means: ×5 slower, 100 % errors. */
export interface FaultSpec {
  type: string
  label: string
  /** Past tense for the log and the lanes: "hangs", "slow ×5". */
  words: (strength: number) => string
  strength?: { label: string; unit: string; default: number; min: number; max: number }
  /** It strikes calls one by one, so it may be limited to a request type and to so many of them. */
  perCall?: boolean
}

/** A moment at a node, besides its changes of state, at which a run can be made to stop. */
export interface MomentSpec {
  type: string
  /** What happens, and at which number when it is about one: "A request fails", "Lag goes above". */
  label: string
  /** After the node's name and a colon, in the past: "a request failed", "lag went above 20 events". */
  words: (amount: number) => string
  amount?: { unit: string; default: number; min: number; max: number }
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

/** A node and what can be reached from it, nearest first; bypassed nodes are seen through. */
export interface NodeInGraph {
  id: string
  config: unknown
  upstream: readonly { id: string; kind: string }[]
  downstream: readonly { id: string; kind: string }[]
}

/** What is wrong around a node: follows its name in a sentence. */
export interface Surrounding {
  message: string
  severity: 'error' | 'warning'
  /** A kind that puts it right when the node calls one. */
  lacks?: string
}

/** What a node means for whoever calls through it: what advice on the whole drawing goes by. */
export interface OnPath {
  /** Calls it may make of one, and the setting that says so. */
  attempts?: { count: number; field: string }
  /** How long it waits for an answer at most, and the setting that says so; 0 ms: for ever. */
  limit?: { ms: number; field: string }
  /** It stops calling what keeps failing. */
  trips?: true
  /** It judges by its last `calls` calls and is told to wait for `minimum` of them first; and the setting of how many it looks back on. */
  judges?: { calls: number; minimum: number; field: string }
  /** It answers for what failed, so that nobody before it learns of it; and the setting that leaves failures as they are. */
  hides?: { field: string; value: string }
}

/**
 * Everything about one kind of node, except its machines (see {@link PatternMachines}), what makes it run (see {@link PatternRuntime}) and its React parts (see `views.tsx`, `panels.tsx`). `C` is its config, `X` its machine's context.
 * A new kind is a folder with such a definition and a line in each registry.
 */
export interface Pattern<C = unknown, X = unknown> {
  readonly kind: string
  /** Its folder in `patterns/`, when that has another name: one pattern may define several kinds. */
  readonly folder?: string
  readonly title: string
  /** One line for the palette. */
  readonly summary: string
  /** Sources make load, servers work, policies stand on a call's path and can be bypassed. */
  readonly role: 'source' | 'server' | 'policy'
  readonly ports: Ports
  readonly schema: ConfigSchema<C>
  readonly defaults: C
  readonly onPath?: (config: C) => OnPath
  /** Rules that concern several fields; messages name the field. A node with an error does not start: its runtime refuses calls. */
  readonly check?: (config: C) => { field: string; message: string; severity: 'error' | 'warning' }[]
  /** Rules that concern what stands around a node; messages name who. */
  readonly checkGraph?: (node: NodeInGraph) => Surrounding[]
  readonly faults: readonly FaultSpec[]
  /** What a run can stop at besides its states. Each has its test in the kind's runtime. */
  readonly moments?: readonly MomentSpec[]
  readonly states: Readonly<Record<string, StateLook>>
  /** Its changes of state are rare and telling: "step to the next change" stops there, and the timeline draws them. */
  readonly isStepTarget?: boolean
  readonly figures: (stats: NodeStats, context: X, config: C) => readonly [Figure, Figure]
  readonly bars?: (context: X, config: C) => readonly Bar[]
  /** Types of calls that its nodes make on their own account, or that clients of this kind ask for. */
  readonly requestTypes?: (config: C) => readonly OwnRequestType[]
  /** One sentence: why this change of state happened. */
  readonly explain: (fact: TransitionFact, config: C) => string
  /** What the lab can try on such a node. */
  readonly experiments?: Experiments<C>
}

/** A kind's machines: what runs, is drawn and is exported. Loaded by whoever draws or runs them; see `machines.ts`. */
export interface PatternMachines<C = unknown> {
  /** Must return the same object for the same config object. */
  readonly machine: (config: C) => AnyStateMachine
  /** A machine of which every piece of work at such a node is an instance of its own, and how its states look. Drawn for the one that is followed. */
  readonly instanceMachine?: (config: C) => AnyStateMachine
  readonly instanceStates?: (config: C) => Readonly<Record<string, StateLook>>
  /** From what the observer tells: the state of the one that is followed, as a dotted path. */
  readonly instanceState?: (facts: unknown) => string | undefined
}

/** As {@link definePattern}, for a kind's machines. */
export function defineMachines<C>(machines: PatternMachines<C>): PatternMachines {
  return machines as unknown as PatternMachines
}

/** Whether the record that starts at word `at` is the moment. Asked of every record once observers know all of its instant. */
export type IsMoment = (words: Int32Array, at: number) => boolean

/** What makes a kind run: the part that only the worker and the command line load. See `runtimes.ts`. */
export interface PatternRuntime<C = unknown> {
  readonly create: (config: C, setup: NodeSetup, kernel: Kernel, node: number) => NodeRuntime
  /** Reads the run along with a node of this kind; see {@link Observer}. */
  readonly observe?: (setup: ObserverSetup<C>) => Observer
  /** By the type of a {@link MomentSpec}: how records tell that it has come, at such a node and with that amount. */
  readonly moments?: Readonly<Record<string, (setup: ObserverSetup<C>, amount: number) => IsMoment>>
  /** What a `note` record of such a node says, for the trace as text. */
  readonly noteText?: (a: number, b: number, c: number, config: C) => string
}

/** As {@link definePattern}, for what makes a kind run. */
export function defineRuntime<C>(runtime: PatternRuntime<C>): PatternRuntime {
  return runtime as unknown as PatternRuntime
}

/** Checks a definition's types and gives it back, config and context erased, for the registry. */
export function definePattern<C, X>(pattern: Pattern<C, X>): Pattern {
  return pattern as unknown as Pattern
}
