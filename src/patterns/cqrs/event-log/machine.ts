import { assign, setup } from 'xstate'

/** What an event log knows of itself. */
export interface EventLogContext {
  /** Events committed. */
  committed: number
  /** Highest position given. */
  head: number
  conflicts: number
  rolledBack: number
  /** Appends under way. */
  appending: number
  /** Factors of the slow faults that have begun and not ended. */
  slowFaults: readonly number[]
  /** Commits take this many times as long. */
  slowFactor: number
}

export type EventLogSignal =
  | { type: 'APPEND' | 'CONFLICT' | 'ROLLBACK' }
  | { type: 'COMMIT'; position: number }
  | { type: 'SLOW' | 'SLOW_ENDS'; factor: number }

function without(list: readonly number[], value: number): number[] {
  const at = list.indexOf(value)
  return list.filter((_, index) => index !== at)
}

/** Takes appends and commits them, or not. Effects: none; what is told to readers follows from COMMIT. */
export const eventLogMachine = setup({
  types: {} as { context: EventLogContext; events: EventLogSignal },
  guards: { isLast: ({ context }) => context.appending <= 1 },
  actions: {
    countIn: assign({ appending: ({ context }) => context.appending + 1 }),
    countOut: assign({ appending: ({ context }) => context.appending - 1 }),
    countCommit: assign({
      committed: ({ context }) => context.committed + 1,
      head: ({ context, event }) => (event.type === 'COMMIT' && event.position > context.head ? event.position : context.head),
    }),
    countConflict: assign({ conflicts: ({ context }) => context.conflicts + 1 }),
    countRollback: assign({ rolledBack: ({ context }) => context.rolledBack + 1 }),
    countSlow: assign({
      slowFaults: ({ context, event }) =>
        event.type === 'SLOW' ? [...context.slowFaults, event.factor] : event.type === 'SLOW_ENDS' ? without(context.slowFaults, event.factor) : context.slowFaults,
    }),
    setSlow: assign({ slowFactor: ({ context }) => Math.max(1, ...context.slowFaults) }),
  },
}).createMachine({
  id: 'eventLog',
  initial: 'idle',
  context: { committed: 0, head: 0, conflicts: 0, rolledBack: 0, appending: 0, slowFaults: [], slowFactor: 1 },
  on: {
    SLOW: { actions: ['countSlow', 'setSlow'] },
    SLOW_ENDS: { actions: ['countSlow', 'setSlow'] },
  },
  states: {
    idle: { on: { APPEND: { target: 'appending', actions: 'countIn' } } },
    appending: {
      on: {
        APPEND: { actions: 'countIn' },
        COMMIT: [{ guard: 'isLast', target: 'idle', actions: ['countOut', 'countCommit'] }, { actions: ['countOut', 'countCommit'] }],
        CONFLICT: [{ guard: 'isLast', target: 'idle', actions: ['countOut', 'countConflict'] }, { actions: ['countOut', 'countConflict'] }],
        ROLLBACK: [{ guard: 'isLast', target: 'idle', actions: ['countOut', 'countRollback'] }, { actions: ['countOut', 'countRollback'] }],
      },
    },
  },
})
