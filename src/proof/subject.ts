import type { ExportTarget } from '../export/index.ts'
import type { RecordedRun } from '../export/project/index.ts'
import type { Blueprint, BlueprintNode } from '../model/blueprint.ts'
import type { Module } from './load.ts'
import type { Divergence, Proof } from './types.ts'

/** What written code is held against, and how far it agreed. */
export interface Outcome {
  counts: Proof['counts']
  divergence?: Divergence
}

/** All that one comparison needs. */
export interface Setting {
  blueprint: Blueprint
  node: BlueprintNode
  target: ExportTarget
  run: RecordedRun
  /** Loads text that the export writes beside the code, such as its replays. */
  load: (text: string) => Module
  /** Waits until nothing moves any more. */
  turn: () => Promise<void>
}

/** How code of some kinds is held against a run. */
export interface Subject {
  kinds: readonly string[]
  /** Why the run has nothing to compare, and what would help; undefined when it has something. */
  nothingIn: (setting: Setting) => string | undefined
  /** @param withEdges also what the config alone demands, besides the run, where there is such a thing. */
  compare: (module: Module, setting: Setting, withEdges: boolean) => Promise<Outcome>
}

/** What is said of a node that no call reached. */
export function nothingComes({ node }: Setting): string {
  return `Nothing comes to ${named(node)} in this run. Let it run longer, or connect a client to it.`
}

/** A node in a sentence. */
export function named({ label }: BlueprintNode): string {
  return label.trim() === '' ? 'this node' : `“${label}”`
}
