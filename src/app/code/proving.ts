import type { RecordedRun } from '../../export/project/index.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import type { Prover } from '../../proof/types.ts'
import type { Session } from '../session/session.ts'

const loadClient = () => import('../../proof/client.ts')

let prover: Promise<Prover> | undefined

/** One for the page, loaded when it is first asked for. */
function loadProver(): Promise<Prover> {
  prover ??= loadClient().then(({ createProver }) => createProver())
  return prover
}

interface Proving {
  prover: () => Promise<Pick<Prover, 'prove'>>
  recordRun: (blueprint: Blueprint) => Promise<RecordedRun>
}

/** What proves exported code against all of the run that was watched, and records that for the tests of a project. */
export function provingFor(session: Session): Proving {
  return {
    async prover(): Promise<Pick<Prover, 'prove'>> {
      const { prove } = await loadProver()
      return { prove: (request) => prove({ ...request, blueprint: session.watched(request.blueprint) }) }
    },
    async recordRun(blueprint: Blueprint): Promise<RecordedRun> {
      return (await loadProver()).record(session.watched(blueprint))
    },
  }
}
