import type { ExportTarget } from '../export/index.ts'
import type { RecordedRun } from '../export/project/index.ts'
import type { Blueprint } from '../model/blueprint.ts'

/** Which code is to be held against which run. */
export interface ProofRequest {
  blueprint: Blueprint
  /** Id of the node whose code it is. */
  node: string
  target: ExportTarget
  /** Whether one comparison is turned round first, in a copy, so that the proof must fail. */
  isBroken: boolean
}

/** The first difference between the recorded run and what the code did. */
export interface Divergence {
  atMs: number
  /** What the run has, and what the code did instead: a line each. */
  expected: string
  actual: string
  /** The last things that both agree on, oldest first. */
  before: readonly string[]
}

/** What came of it. Without divergence and error, code and run agree. */
export interface Proof {
  /** What was compared: 412 calls, 37 transitions. */
  counts: readonly { count: number; noun: string }[]
  /** The line of the copy that was altered, from 1 up. */
  change?: { line: number; from: string; to: string }
  divergence?: Divergence
  /** What else people should know: that the run itself does not show the difference, say. */
  remark?: string
  /** Why there is nothing to tell: the run never comes by this node, say. For people. */
  error?: string
}

/** Runs drawings and proves things in a worker, one after the other. */
export interface Prover {
  /** Never rejects: what goes wrong is told in the proof. */
  prove: (request: ProofRequest) => Promise<Proof>
  /** What exported tests replay of a run of this drawing. Rejects with a sentence for people. */
  record: (blueprint: Blueprint) => Promise<RecordedRun>
  close: () => void
}

/** What the worker is asked, and what it answers. */
export type WorkerRequest = { ask: 'proof'; of: ProofRequest } | { ask: 'run'; of: Blueprint }
export type WorkerAnswer = { proof: Proof } | { run: RecordedRun } | { trouble: string }
