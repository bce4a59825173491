import { assign, setup } from 'xstate'

/** What one saga remembers. The lists of steps are bits, the first step's the lowest. */
export interface SagaContext {
  /** Attempts at the present step or compensation whose intent was noted. */
  attempt: number
  /** An attempt, or a question for its status, is on its way and unanswered. */
  sent: boolean
  /** Steps whose compensation a rollback is to run. */
  registered: number
  /** Steps of which nobody knows whether they happened. */
  doubt: number
  /** A compensation failed for good: the rollback will not be whole. */
  incomplete: boolean
}

/** How an attempt ended; `last`: no time is left for another one. */
export interface OutcomeSignal {
  type: 'SUCCESS' | 'FAILURE' | 'REJECTED' | 'UNKNOWN' | 'ABSENT'
  last: boolean
}

/**
 * What happens to a saga, as its log holds it. `INTENT`: it is noted that an attempt goes out next. Outcomes: `REJECTED` had no
 * effect and need not be tried again; `FAILURE` had none and may be; `UNKNOWN`; `ABSENT`: asked for its status, it had none so far.
 * `ABORT`: deadline or user. `RECOVERED`: the orchestrator is back and has read this far.
 */
export type SagaSignal = OutcomeSignal | { type: 'INTENT' | 'ABORT' | 'RECOVERED' }

/** A step's own bit. */
interface OfStep {
  bit: number
}

const isLast = (event: SagaSignal): boolean => 'last' in event && event.last

/**
 * A saga's guards and actions by name; numbers come as params from the chart (`machine.ts`). Actions without a body are effects,
 * and every signal leads to one at most: `begin` (note the intent, then signal INTENT), `execute` (send the attempt), `query`
 * (ask for its status), `backOff` (wait, then begin anew), and how it ends: `complete`, `finishRollback`, `park`.
 */
export const sagaParts = setup({
  types: {} as { context: SagaContext; events: SagaSignal },
  guards: {
    attemptsLeft: ({ context, event }, { maximum }: { maximum: number }) => !isLast(event) && (maximum === 0 || context.attempt < maximum),
    timeLeft: ({ event }) => !isLast(event),
    isSent: ({ context }) => context.sent,
    isNotSent: ({ context }) => !context.sent,
    isInDoubt: ({ context }, { bit }: OfStep) => (context.doubt & bit) !== 0,
    isCertain: ({ context }, { bit }: OfStep) => (context.doubt & bit) === 0,
    isRegistered: ({ context }, { bit }: OfStep) => (context.registered & bit) !== 0,
    isIncomplete: ({ context }) => context.incomplete,
  },
  actions: {
    /** The first attempt at a step or compensation comes next. */
    enter: assign({ attempt: 0, sent: false }),
    /** An attempt goes out. `registers` is the step's bit when its compensation counts from now on. */
    send: assign({
      attempt: ({ context }) => context.attempt + 1,
      sent: true,
      registered: ({ context }, { registers }: { registers: number }) => context.registered | registers,
    }),
    ask: assign({ sent: true }),
    /** It is answered, or not waited for any longer. */
    close: assign({ sent: false }),
    succeed: assign({
      sent: false,
      doubt: ({ context }, { bit }: OfStep & { registers: number }) => context.doubt & ~bit,
      registered: ({ context }, { registers }) => context.registered | registers,
    }),
    doubt: assign({ sent: false, doubt: ({ context }, { bit }: OfStep) => context.doubt | bit }),
    /** The step had no effect, unless an earlier attempt may have had: then it stays registered. */
    leave: assign({
      sent: false,
      registered: ({ context }, { bit }: OfStep) => ((context.doubt & bit) === 0 ? context.registered & ~bit : context.registered),
    }),
    undone: assign({ sent: false, registered: ({ context }, { bit }: OfStep) => context.registered & ~bit }),
    skipUndo: assign({ sent: false, incomplete: true, registered: ({ context }, { bit }: OfStep) => context.registered & ~bit }),
    begin: () => {},
    execute: () => {},
    query: () => {},
    backOff: () => {},
    complete: () => {},
    finishRollback: () => {},
    park: () => {},
  },
})
