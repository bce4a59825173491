import { createBreakerMachine } from './circuit-breaker/machine.ts'
import { clientMachine } from './client/machine.ts'
import { cqrsMachines } from './cqrs/catalogue.ts'
import { defineMachines, type PatternMachines } from './pattern.ts'
import { retryMachine } from './retry/machine.ts'
import { sagaLogMachines, sagaMachines } from './saga/catalogue.ts'
import { serviceMachine } from './service/machine.ts'
import { timeoutMachine } from './timeout/machine.ts'

/** The machines of each kind of `index.ts`; a test holds the two together. The page loads them after its first picture. */
export const patternMachines: Readonly<Record<string, PatternMachines>> = {
  client: { machine: () => clientMachine },
  service: { machine: () => serviceMachine },
  'circuit-breaker': defineMachines({ machine: createBreakerMachine }),
  retry: { machine: () => retryMachine },
  timeout: { machine: () => timeoutMachine },
  saga: sagaMachines,
  'saga-log': sagaLogMachines,
  ...cqrsMachines,
}

export function findMachines(kind: string): PatternMachines | undefined {
  return Object.hasOwn(patternMachines, kind) ? patternMachines[kind] : undefined
}
