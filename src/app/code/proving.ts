import type { RecordedRun } from '../../export/project/index.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import type { Prover } from '../../proof/types.ts'

const loadClient = () => import('../../proof/client.ts')

let prover: Promise<Prover> | undefined

/** What proves exported code against runs: one for the page, loaded when it is first asked for. */
export function loadProver(): Promise<Prover> {
  prover ??= loadClient().then(({ createProver }) => createProver())
  return prover
}

/** What exported tests replay of a run of this drawing. */
export async function recordRun(blueprint: Blueprint): Promise<RecordedRun> {
  return (await loadProver()).record(blueprint)
}
