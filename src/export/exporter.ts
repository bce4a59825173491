import type { Blueprint, BlueprintNode } from '../model/blueprint.ts'
import type { createNamer } from './names.ts'
import type { Code, Snippet } from './print.ts'
import type { RecordedRun } from './recorded.ts'
import type { ExportTarget } from './targets.ts'

/** What a file is written from. */
export interface Source {
  blueprint: Blueprint
  node: BlueprintNode
  /** The file's name without its ending; made of the node's label when it is left out. */
  fileStem?: string | undefined
  /** Opens the drawing; left out of the file when it is undefined. */
  link?: string | undefined
}

/** Writes one self-contained file. */
export type WritePart = (source: Source) => Snippet

/** A node with code in a project: always in a file of its own name. */
export interface Part extends Source {
  fileStem: string
  exporter: Exporter
  write: WritePart
}

/** The setting of the drawing that a constant's value comes from: a node, and the way into its config. */
export interface SettingPlace {
  node: string
  path: readonly (string | number)[]
}

/** What is needed to put one part together with the user's own functions. */
export interface Wiring {
  part: Part
  /** The part's module, under the name by which it is imported. */
  module: Code
  /** Gives names that nothing else in the file has. */
  nameOf: ReturnType<typeof createNamer>
}

/** How a policy stands in a chain of policies. */
export interface PolicyLink {
  /**
   * The call through it, as an expression. `inner` gives the call behind it, for the signal that is handed on to that;
   * `signal` is the one that came in.
   */
  wrap: (wiring: Wiring, inner: (signal: Code) => Code, signal: Code) => Code
  /** Type of the answers that it gives on its own account, where it gives any. */
  answer?: (wiring: Wiring) => Code | undefined
}

/** One policy as resilience4j is configured. */
export interface Resilience4jInstance {
  module: 'circuitbreaker' | 'retry' | 'timelimiter'
  settings: Code
  /** What has no setting there, or another meaning: a sentence each. */
  differs: readonly string[]
}

/** What a pattern adds to the papers of a project, where it has something to say. */
export interface Papers {
  /** By target: what the library does otherwise if it is set by its options alone. */
  remarks?: Readonly<Partial<Record<ExportTarget, string>>>
  /** The config of the machine that the code stands for, where that is not the node's own. */
  machineConfig?: (node: BlueprintNode) => unknown
  /** What happened at the node in the recorded run, as a sequence diagram of Mermaid's. */
  sequence?: (part: Part, run: RecordedRun) => Code | undefined
  resilience4j?: (part: Part) => Resilience4jInstance
}

/**
 * How the nodes of a pattern become code. Whatever the target, a part has the same exports, so that tests, wiring and proofs
 * need not know for what it is written.
 */
export interface Exporter {
  /** Kinds of nodes that it writes. */
  kinds: readonly string[]
  /** One self-contained file for each target that it writes for. */
  write: Readonly<Partial<Record<ExportTarget, WritePart>>>
  /** Nodes that the file of this node is about besides, so that they get no file of their own. */
  covers?: (source: Source) => readonly string[]
  /** Where the named constants of the part that a person edits are set, by name. What no node of the drawing sets is left out. */
  places: (source: Source) => readonly (readonly [constant: string, place: SettingPlace])[]
  /** Name of the file in a project, without its ending. */
  stemOf: (node: BlueprintNode) => string
  /** Test files by name: what the config and the recorded run demand of the code. */
  tests: (part: Part, run: RecordedRun) => readonly (readonly [name: string, text: string])[]
  /** A part by itself. Left out for policies whose chain of one says it all. */
  wiring?: (wiring: Wiring) => Code
  policy?: PolicyLink
  papers?: Papers
}
