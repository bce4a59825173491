import { defineMachines } from '../pattern.ts'
import type { SagaConfig, SagaLogConfig } from './config.ts'
import type { SagaFacts } from './facts.ts'
import { leavesByPath } from './keys.ts'
import { logMachine } from './log.ts'
import { createSagaMachine } from './machine.ts'
import { orchestratorMachine } from './node-machine.ts'

export const sagaMachines = defineMachines<SagaConfig>({
  machine: () => orchestratorMachine,
  instanceMachine: createSagaMachine,
  instanceStates: (config) =>
    Object.fromEntries(
      [...leavesByPath(config)].map(([path, { phase, undo }]) => {
        if (phase === 'completed') return [path, { word: 'Completed', tone: 'closed' }]
        if (phase === 'compensated') return [path, { word: 'Compensated', tone: 'half-open' }]
        if (phase === 'parked') return [path, { word: 'Parked', tone: 'down' }]
        if (phase === 'unwinding') return [path, { word: 'Unwinding', tone: 'neutral', minor: true }]
        if (phase === 'unknown') return [path, { word: 'Unknown', tone: 'warn' }]
        if (phase === 'waiting') return [path, { word: 'Waiting', tone: 'neutral' }]
        return [path, { word: undo ? 'Undoing' : 'Running', tone: undo ? 'half-open' : 'neutral' }]
      }),
    ),
  instanceState: (facts) => (facts as SagaFacts | undefined)?.followed?.machineState,
})

export const sagaLogMachines = defineMachines<SagaLogConfig>({ machine: () => logMachine })
