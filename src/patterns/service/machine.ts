import { assign, setup } from 'xstate'

/** What a service knows of itself. */
export interface ServiceContext {
  workers: number
  queueCapacity: number
  /** Workers held by a call, whether they work on it or wait for others. */
  busy: number
  queued: number
  /** Hangs, pauses and crashes that have begun and not ended: it recovers when the last one ends. */
  stops: number
  /** Factors of the slow faults that have begun and not ended. */
  slowFaults: readonly number[]
  /** Work takes this many times as long: the strongest of them counts. */
  slowFactor: number
  /** Percentages of the error faults that have begun and not ended. */
  errorFaults: readonly number[]
  /** Share of calls that fail if it is more than the configured one, 0 to 100. */
  faultErrorPercent: number
}

export type ServiceSignal =
  | { type: 'ARRIVE' | 'DONE' | 'HANG' | 'PAUSE' | 'CRASH' | 'RECOVER' }
  | { type: 'SLOW' | 'SLOW_ENDS'; factor: number }
  | { type: 'ERRORS' | 'ERRORS_END'; percent: number }

/** A list without one entry of this value. */
function without(list: readonly number[], value: number): number[] {
  const at = list.indexOf(value)
  return list.filter((_, index) => index !== at)
}

/**
 * A pool of workers with a bounded queue. Hung, it takes calls and answers none that start meanwhile; paused, nothing moves
 * at all; crashed, everything it held is lost. Effects: `startWork` (the call that just came), `enqueue`, `refuse`,
 * `startNext` (the call that waited longest), `dropAll` (everything it held is lost).
 */
export const serviceMachine = setup({
  types: {} as { context: ServiceContext; events: ServiceSignal; input: { workers: number; queueCapacity: number } },
  guards: {
    workerFree: ({ context }) => context.busy < context.workers,
    queueHasSpace: ({ context }) => context.queued < context.queueCapacity,
    lastBusy: ({ context }) => context.busy === 1,
    lastWaiting: ({ context }) => context.queued === 1,
    someWaiting: ({ context }) => context.queued > 0,
    someBusy: ({ context }) => context.busy > 0,
    canStartNext: ({ context }) => context.queued > 0 && context.busy < context.workers,
    stillStopped: ({ context }) => context.stops > 1,
  },
  actions: {
    takeWorker: assign({ busy: ({ context }) => context.busy + 1 }),
    freeWorker: assign({ busy: ({ context }) => context.busy - 1 }),
    joinQueue: assign({ queued: ({ context }) => context.queued + 1 }),
    leaveQueue: assign({ queued: ({ context }) => context.queued - 1 }),
    forgetAll: assign({ busy: 0, queued: 0 }),
    countStop: assign({ stops: ({ context }) => context.stops + 1 }),
    countRecovery: assign({ stops: ({ context }) => context.stops - 1 }),
    countSlow: assign({
      slowFaults: ({ context, event }) =>
        event.type === 'SLOW' ? [...context.slowFaults, event.factor] : event.type === 'SLOW_ENDS' ? without(context.slowFaults, event.factor) : context.slowFaults,
    }),
    countErrors: assign({
      errorFaults: ({ context, event }) =>
        event.type === 'ERRORS' ? [...context.errorFaults, event.percent] : event.type === 'ERRORS_END' ? without(context.errorFaults, event.percent) : context.errorFaults,
    }),
    setSlow: assign({ slowFactor: ({ context }) => Math.max(1, ...context.slowFaults) }),
    setErrors: assign({ faultErrorPercent: ({ context }) => Math.max(0, ...context.errorFaults) }),
    startWork: () => {},
    enqueue: () => {},
    refuse: () => {},
    startNext: () => {},
    dropAll: () => {},
  },
}).createMachine({
  id: 'service',
  initial: 'up',
  context: ({ input }) => ({
    workers: input.workers,
    queueCapacity: input.queueCapacity,
    busy: 0,
    queued: 0,
    stops: 0,
    slowFaults: [],
    slowFactor: 1,
    errorFaults: [],
    faultErrorPercent: 0,
  }),
  on: {
    SLOW: { actions: ['countSlow', 'setSlow'] },
    SLOW_ENDS: { actions: ['countSlow', 'setSlow'] },
    ERRORS: { actions: ['countErrors', 'setErrors'] },
    ERRORS_END: { actions: ['countErrors', 'setErrors'] },
  },
  states: {
    up: {
      initial: 'idle',
      on: {
        HANG: { target: 'hung', actions: 'countStop' },
        PAUSE: { target: 'paused', actions: 'countStop' },
        CRASH: { target: 'crashed', actions: 'countStop' },
      },
      states: {
        idle: {
          on: { ARRIVE: { target: 'busy', actions: ['takeWorker', 'startWork'] } },
        },
        busy: {
          on: {
            ARRIVE: [
              { guard: 'workerFree', actions: ['takeWorker', 'startWork'] },
              { guard: 'queueHasSpace', target: 'queueing', actions: ['joinQueue', 'enqueue'] },
              { actions: 'refuse' },
            ],
            DONE: [{ guard: 'lastBusy', target: 'idle', actions: 'freeWorker' }, { actions: 'freeWorker' }],
          },
        },
        queueing: {
          on: {
            ARRIVE: [{ guard: 'queueHasSpace', actions: ['joinQueue', 'enqueue'] }, { actions: 'refuse' }],
            DONE: [
              { guard: 'lastWaiting', target: 'busy', actions: ['leaveQueue', 'startNext'] },
              { actions: ['leaveQueue', 'startNext'] },
            ],
          },
        },
        resuming: {
          always: [
            { guard: 'canStartNext', actions: ['leaveQueue', 'takeWorker', 'startNext'] },
            { guard: 'someWaiting', target: 'queueing' },
            { guard: 'someBusy', target: 'busy' },
            { target: 'idle' },
          ],
        },
      },
    },
    hung: {
      on: {
        ARRIVE: [
          { guard: 'workerFree', actions: ['takeWorker', 'startWork'] },
          { guard: 'queueHasSpace', actions: ['joinQueue', 'enqueue'] },
          { actions: 'refuse' },
        ],
        DONE: [{ guard: 'someWaiting', actions: ['leaveQueue', 'startNext'] }, { actions: 'freeWorker' }],
        RECOVER: [{ guard: 'stillStopped', actions: 'countRecovery' }, { target: 'up.resuming', actions: 'countRecovery' }],
        HANG: { actions: 'countStop' },
        PAUSE: { target: 'paused', actions: 'countStop' },
        CRASH: { target: 'crashed', actions: 'countStop' },
      },
    },
    paused: {
      on: {
        ARRIVE: [{ guard: 'queueHasSpace', actions: ['joinQueue', 'enqueue'] }, { actions: 'refuse' }],
        RECOVER: [{ guard: 'stillStopped', actions: 'countRecovery' }, { target: 'up.resuming', actions: 'countRecovery' }],
        HANG: { actions: 'countStop' },
        PAUSE: { actions: 'countStop' },
        CRASH: { target: 'crashed', actions: 'countStop' },
      },
    },
    crashed: {
      entry: ['dropAll', 'forgetAll'],
      on: {
        ARRIVE: { actions: 'refuse' },
        RECOVER: [{ guard: 'stillStopped', actions: 'countRecovery' }, { target: 'up.idle', actions: 'countRecovery' }],
        HANG: { actions: 'countStop' },
        PAUSE: { actions: 'countStop' },
        CRASH: { actions: 'countStop' },
      },
    },
  },
})
