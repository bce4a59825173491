import type { Trial } from './pattern.ts'

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
