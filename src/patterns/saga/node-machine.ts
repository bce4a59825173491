import { assign, setup } from 'xstate'

/** What an orchestrator counts since the run began. */
export interface OrchestratorContext {
  started: number
  completed: number
  compensated: number
  parked: number
  inFlight: number
  crashes: number
  /** Crashes that have begun and not ended: it is back when the last one ends. */
  stops: number
}

export type OrchestratorSignal = { type: 'START' | 'COMPLETE' | 'COMPENSATE' | 'PARK' | 'CRASH' | 'RECOVER' }

/** The orchestrator as a whole: up or down, and how its sagas ended. Each saga has a machine of its own (`machine.ts`). */
export const orchestratorMachine = setup({
  types: {} as { context: OrchestratorContext; events: OrchestratorSignal },
  guards: {
    stillStopped: ({ context }) => context.stops > 1,
  },
  actions: {
    countStart: assign({ started: ({ context }) => context.started + 1, inFlight: ({ context }) => context.inFlight + 1 }),
    countCompleted: assign({ completed: ({ context }) => context.completed + 1, inFlight: ({ context }) => context.inFlight - 1 }),
    countCompensated: assign({ compensated: ({ context }) => context.compensated + 1, inFlight: ({ context }) => context.inFlight - 1 }),
    countParked: assign({ parked: ({ context }) => context.parked + 1, inFlight: ({ context }) => context.inFlight - 1 }),
    countCrash: assign({ crashes: ({ context }) => context.crashes + 1, stops: ({ context }) => context.stops + 1 }),
    countRecovery: assign({ stops: ({ context }) => context.stops - 1 }),
  },
}).createMachine({
  id: 'orchestrator',
  initial: 'up',
  context: { started: 0, completed: 0, compensated: 0, parked: 0, inFlight: 0, crashes: 0, stops: 0 },
  states: {
    up: {
      on: {
        START: { actions: 'countStart' },
        COMPLETE: { actions: 'countCompleted' },
        COMPENSATE: { actions: 'countCompensated' },
        PARK: { actions: 'countParked' },
        CRASH: { target: 'down', actions: 'countCrash' },
      },
    },
    down: {
      on: {
        CRASH: { actions: 'countCrash' },
        RECOVER: [{ guard: 'stillStopped', actions: 'countRecovery' }, { target: 'up', actions: 'countRecovery' }],
      },
    },
  },
})
