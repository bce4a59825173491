import { assign, setup } from 'xstate'

/** What a query handler knows of itself. */
export interface QueryHandlerContext {
  inFlight: number
  answered: number
  failed: number
  /** Reads that waited in vain. */
  timeouts: number
}

export type QueryHandlerSignal = { type: 'ASK' | 'ANSWERED' | 'FAILED' | 'TIMED_OUT' }

/** Asks the read model, and may be out of patience. Effect: `ask`. */
export const queryHandlerMachine = setup({
  types: {} as { context: QueryHandlerContext; events: QueryHandlerSignal },
  guards: { isLast: ({ context }) => context.inFlight <= 1 },
  actions: {
    countIn: assign({ inFlight: ({ context }) => context.inFlight + 1 }),
    countAnswered: assign({ inFlight: ({ context }) => context.inFlight - 1, answered: ({ context }) => context.answered + 1 }),
    countFailed: assign({ inFlight: ({ context }) => context.inFlight - 1, failed: ({ context }) => context.failed + 1 }),
    countTimeout: assign({ timeouts: ({ context }) => context.timeouts + 1 }),
    ask: () => {},
  },
}).createMachine({
  id: 'queryHandler',
  initial: 'idle',
  context: { inFlight: 0, answered: 0, failed: 0, timeouts: 0 },
  states: {
    idle: { on: { ASK: { target: 'reading', actions: ['countIn', 'ask'] } } },
    reading: {
      on: {
        ASK: { actions: ['countIn', 'ask'] },
        TIMED_OUT: { actions: 'countTimeout' },
        ANSWERED: [{ guard: 'isLast', target: 'idle', actions: 'countAnswered' }, { actions: 'countAnswered' }],
        FAILED: [{ guard: 'isLast', target: 'idle', actions: 'countFailed' }, { actions: 'countFailed' }],
      },
    },
  },
})
