import type { Exporter, Wiring } from '../exporter.ts'
import { safeFileName } from '../names.ts'
import { code, ident, prose, type Code } from '../print.ts'
import { planSaga } from './plan.ts'
import { sagaTest } from './test-files.ts'
import { writeSaga } from './write.ts'
import { writeSagaMachine } from './xstate/write.ts'

export const sagaExporter: Exporter = {
  kinds: ['saga'],
  write: { 'zero-dep': writeSaga, xstate: writeSagaMachine },
  stemOf: ({ label, kind }) => safeFileName(label, kind),
  tests: (part) => [[`${part.fileStem}.test.ts`, sagaTest(planSaga(part))]],
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
