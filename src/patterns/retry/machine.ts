import { assign, setup } from 'xstate'

/** What a retry knows of itself: how many calls are on a second or later attempt, or waiting for one. */
export interface RetryContext {
  maximumAttempts: number
  retrying: number
  /** Attempts made beyond the first ones, since the run began. */
  repeated: number
}

/** `attempt` is the number of the attempt that ended, 1 for the first. */
export type RetrySignal = { type: 'SUCCESS' | 'FAILURE' | 'NOT_RETRYABLE'; attempt: number }

/** Repeats failed calls. Effects: `repeatLater`, `giveUp`, `succeed`. */
export const retryMachine = setup({
  types: {} as { context: RetryContext; events: RetrySignal; input: { maximumAttempts: number } },
  guards: {
    firstAttempt: ({ event }) => event.attempt === 1,
    attemptsLeft: ({ context, event }) => event.attempt < context.maximumAttempts,
    firstOfSeveral: ({ context, event }) => event.attempt === 1 && context.maximumAttempts > 1,
    lastRetrying: ({ context }) => context.retrying === 1,
  },
  actions: {
    countFirstFailure: assign({ retrying: ({ context }) => context.retrying + 1 }),
    countRepeat: assign({ repeated: ({ context }) => context.repeated + 1 }),
    countEnd: assign({ retrying: ({ context }) => context.retrying - 1 }),
    repeatLater: () => {},
    giveUp: () => {},
    succeed: () => {},
  },
}).createMachine({
  id: 'retry',
  initial: 'calm',
  context: ({ input }) => ({ maximumAttempts: input.maximumAttempts, retrying: 0, repeated: 0 }),
  states: {
    calm: {
      on: {
        SUCCESS: { actions: 'succeed' },
        FAILURE: [
          { guard: 'firstOfSeveral', target: 'retrying', actions: ['countFirstFailure', 'countRepeat', 'repeatLater'] },
          { actions: 'giveUp' },
        ],
        NOT_RETRYABLE: { actions: 'giveUp' },
      },
    },
    retrying: {
      on: {
        SUCCESS: [
          { guard: 'firstAttempt', actions: 'succeed' },
          { guard: 'lastRetrying', target: 'calm', actions: ['countEnd', 'succeed'] },
          { actions: ['countEnd', 'succeed'] },
        ],
        FAILURE: [
          { guard: 'firstOfSeveral', actions: ['countFirstFailure', 'countRepeat', 'repeatLater'] },
          { guard: 'attemptsLeft', actions: ['countRepeat', 'repeatLater'] },
          { guard: 'firstAttempt', actions: 'giveUp' },
          { guard: 'lastRetrying', target: 'calm', actions: ['countEnd', 'giveUp'] },
          { actions: ['countEnd', 'giveUp'] },
        ],
        NOT_RETRYABLE: [
          { guard: 'firstAttempt', actions: 'giveUp' },
          { guard: 'lastRetrying', target: 'calm', actions: ['countEnd', 'giveUp'] },
          { actions: ['countEnd', 'giveUp'] },
        ],
      },
    },
  },
})
