import type { Exporter, Wiring } from '../exporter.ts'
import { safeFileName } from '../names.ts'
import { code, ident, prose, type Code } from '../print.ts'
import { sagaPlaces } from './places.ts'
import { planSaga } from './plan.ts'
import { replaySagaModule } from './replay.ts'
import { sagaTest } from './test-files.ts'
import { sagaTrace } from './trace.ts'
import { writeSaga } from './write.ts'
import { writeSagaMachine } from './xstate/write.ts'

export const sagaExporter: Exporter = {
  kinds: ['saga'],
  write: { 'zero-dep': writeSaga, xstate: writeSagaMachine },
  places: sagaPlaces,
  stemOf: ({ label, kind }) => safeFileName(label, kind),
  tests(part, { sagas }) {
    const plan = planSaga(part)
    const recorded = sagas?.[part.node.id] ?? { runs: [], leftOut: 0 }
    return [
      ['replay-saga.ts', replaySagaModule()],
      [`${part.fileStem}.trace.ts`, sagaTrace(plan, recorded)],
      [`${part.fileStem}.test.ts`, sagaTest(plan, recorded.runs.length > 0)],
    ]
  },
  wiring: sagaWiring,
}

function sagaWiring({ part, module, nameOf }: Wiring): Code {
  const { className, services, uses, label } = planSaga(part)
  const name = ident(nameOf(`create ${className}`, 'createSaga'))
  const type = code`${module}.${ident(className)}`
  const port = code`${module}.${ident(services)}`
  if (!uses.log) {
    return code`
      /** "${prose(label)}" with your services. */
      export function ${name}(services: ${port}): ${type} {
        return new ${type}(services);
      }
    `
  }
  return code`
    /** "${prose(label)}" with your services and your log, after it ended what a crash cut short. */
    export async function ${name}(
      services: ${port},
      log: ${module}.SagaLog,
    ): Promise<${type}> {
      const saga = new ${type}(services, log);
      await saga.recover();
      return saga;
    }
  `
}
