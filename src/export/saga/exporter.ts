import type { Exporter, Wiring } from '../exporter.ts'
import { safeFileName, typeName } from '../names.ts'
import { code, FILE_WIDTH, ident, prose, type Code } from '../print.ts'
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
  const options = code`${module}.SagaOptions`
  if (!uses.log) {
    const line = code`export function ${name}(services: ${port}, options: ${options} = {}): ${type} {`
    const lines = code`
      export function ${name}(
        services: ${port},
        options: ${options} = {},
      ): ${type} {
    `
    return code`
      /** "${prose(label)}" with your services. */
      ${line.toString().length <= FILE_WIDTH ? line : lines}
        return new ${type}(services, options);
      }
    `
  }
  const result = ident(`${typeName(name.toString())}Result`)
  return code`
    export interface ${result} {
      saga: ${type};
      /**
       * Resolves when all that a crash cut short is at its end, which may take as long as your services do.
       * Rejects with the first error of the log; the other sagas go on. Catch it: nobody else does.
       */
      recovered: Promise<void>;
    }

    /** "${prose(label)}" with your services and your log: it goes on with what a crash cut short. */
    export function ${name}(
      services: ${port},
      log: ${module}.SagaLog,
      options: ${options} = {},
    ): ${result} {
      const saga = new ${type}(services, log, options);
      return { saga, recovered: saga.recover() };
    }
  `
}
