import { assign, setup } from 'xstate'

/** What a client knows of itself. */
export interface ClientContext {
  sent: number
  inFlight: number
}

export type ClientSignal = { type: 'SEND' | 'ANSWER' | 'EXPIRE' | 'STOP' | 'GO' }

/** Asks, waits for answers, gives up at the deadline. `STOP` and `GO` switch the load by hand. Effect: `ask`. */
export const clientMachine = setup({
  types: {} as { context: ClientContext; events: ClientSignal },
  actions: {
    countSent: assign({ sent: ({ context }) => context.sent + 1, inFlight: ({ context }) => context.inFlight + 1 }),
    countEnded: assign({ inFlight: ({ context }) => context.inFlight - 1 }),
    ask: () => {},
  },
}).createMachine({
  id: 'client',
  initial: 'sending',
  context: { sent: 0, inFlight: 0 },
  on: { ANSWER: { actions: 'countEnded' }, EXPIRE: { actions: 'countEnded' } },
  states: {
    sending: { on: { SEND: { actions: ['countSent', 'ask'] }, STOP: 'stopped' } },
    stopped: { on: { GO: 'sending' } },
  },
})
