import { assign, setup } from 'xstate'

/** What a read model knows of itself. */
export interface ReadModelContext {
  /** Rows written. */
  writes: number
  reads: number
  /** Reads that wait for their version now. */
  waiting: number
}

export type ReadModelSignal = { type: 'WRITE' | 'READ' | 'WAIT' | 'WAKE' | 'CLEAR' }

/** Holds a view. Empty until the first write and after it was cleared. No effects. */
export const readModelMachine = setup({
  types: {} as { context: ReadModelContext; events: ReadModelSignal },
  actions: {
    countWrite: assign({ writes: ({ context }) => context.writes + 1 }),
    countRead: assign({ reads: ({ context }) => context.reads + 1 }),
    countWaiting: assign({ waiting: ({ context }) => context.waiting + 1 }),
    countWoken: assign({ waiting: ({ context }) => context.waiting - 1 }),
  },
}).createMachine({
  id: 'readModel',
  initial: 'empty',
  context: { writes: 0, reads: 0, waiting: 0 },
  on: {
    READ: { actions: 'countRead' },
    WAIT: { actions: 'countWaiting' },
    WAKE: { actions: 'countWoken' },
  },
  states: {
    empty: { on: { WRITE: { target: 'filled', actions: 'countWrite' } } },
    filled: { on: { WRITE: { actions: 'countWrite' }, CLEAR: 'empty' } },
  },
})
