import type { RecordedRun } from '../../export/project/index.ts'
import type { Prover } from '../../proof/types.ts'

/** What proves exported code against runs, loaded when it is first asked for; undefined: the page offers no proofs. */
export const loadProver: (() => Promise<Prover>) | undefined = undefined

/** What exported tests replay of a run. Without anybody who records it, that is nothing. */
export function recordRun(): Promise<RecordedRun> {
  return Promise.resolve({ breakers: {} })
}
