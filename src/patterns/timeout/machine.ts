import { assign, setup } from 'xstate'

/** What a timeout knows of itself. */
export interface TimeoutContext {
  waiting: number
  expired: number
}

export type TimeoutSignal = { type: 'CALL' | 'REPLY' | 'EXPIRE' }

/** Waits for answers, each for a limited time. Effects: `forward`, `giveUp`. */
export const timeoutMachine = setup({
  types: {} as { context: TimeoutContext; events: TimeoutSignal },
  guards: { lastWaiting: ({ context }) => context.waiting === 1 },
  actions: {
    countCall: assign({ waiting: ({ context }) => context.waiting + 1 }),
    countReply: assign({ waiting: ({ context }) => context.waiting - 1 }),
    countExpiry: assign({ waiting: ({ context }) => context.waiting - 1, expired: ({ context }) => context.expired + 1 }),
    forward: () => {},
    giveUp: () => {},
  },
}).createMachine({
  id: 'timeout',
  initial: 'idle',
  context: { waiting: 0, expired: 0 },
  states: {
    idle: { on: { CALL: { target: 'waiting', actions: ['countCall', 'forward'] } } },
    waiting: {
      on: {
        CALL: { actions: ['countCall', 'forward'] },
        REPLY: [{ guard: 'lastWaiting', target: 'idle', actions: 'countReply' }, { actions: 'countReply' }],
        EXPIRE: [
          { guard: 'lastWaiting', target: 'idle', actions: ['countExpiry', 'giveUp'] },
          { actions: ['countExpiry', 'giveUp'] },
        ],
      },
    },
  },
})
