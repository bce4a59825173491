import { assign, setup } from 'xstate'
import type { ProjectorConfig } from './config.ts'

/** What a projector knows of itself. */
export interface ProjectorContext {
  onError: ProjectorConfig['onError']
  maximumRetries: number
  /** Retries of the event that failed last. */
  retries: number
  /** Events that wait for it. */
  waiting: number
  /** 1 while a batch is in the making. */
  busy: number
  /** Position that the view has everything up to, as far as it was stored. */
  checkpoint: number
  deadLetters: number
  skipped: number
  /** Stops and crashes that have begun and not ended. */
  stops: number
  downs: number
  /** 1 while it is paused by hand. */
  held: number
  /** Position up to which the view is being built anew; 0: it is not. */
  rebuildTo: number
  slowFaults: readonly number[]
  /** Handling takes this many times as long. */
  slowFactor: number
}

export type ProjectorSignal =
  | { type: 'ARRIVE' | 'FAIL' | 'PARKED' | 'RETRY' | 'SKIP' | 'PAUSE' | 'RESUME' | 'STOP' | 'STOP_ENDS' | 'CRASH' | 'RECOVER' }
  | { type: 'BEGIN'; count: number }
  | { type: 'DONE' | 'STARTED' | 'CHECKPOINT'; checkpoint: number }
  | { type: 'REBUILD'; to: number }
  | { type: 'SLOW' | 'SLOW_ENDS'; factor: number }

function without(list: readonly number[], value: number): number[] {
  const at = list.indexOf(value)
  return list.filter((_, index) => index !== at)
}

const projectorParts = setup({
  types: {} as { context: ProjectorContext; events: ProjectorSignal; input: { onError: ProjectorConfig['onError']; maximumRetries: number } },
  guards: {
    moreWaiting: ({ context }) => context.waiting > 0,
    isActive: ({ context }) => context.waiting > 0 || context.busy > 0,
    isIdle: ({ context }) => context.waiting === 0 && context.busy === 0,
    retriesLeft: ({ context }) => context.onError === 'retry' || context.retries < context.maximumRetries,
    skips: ({ context }) => context.onError === 'skip',
    parks: ({ context }) => context.onError === 'park',
    parksSequence: ({ context }) => context.onError === 'park-sequence',
    isHeld: ({ context }) => context.held > 0 || context.stops > 0,
    staysHeld: ({ context }) => context.held > 0 || context.stops > 1,
    staysStopped: ({ context }) => context.stops > 0,
    staysDown: ({ context }) => context.downs > 1,
    isRebuilding: ({ context }) => context.rebuildTo > 0,
    isRebuilt: ({ context, event }) => event.type === 'DONE' && event.checkpoint >= context.rebuildTo,
    isRebuiltWithMore: ({ context, event }) => event.type === 'DONE' && event.checkpoint >= context.rebuildTo && context.waiting > 0,
  },
  actions: {
    join: assign({ waiting: ({ context }) => context.waiting + 1 }),
    take: assign({ busy: 1, waiting: ({ context, event }) => (event.type === 'BEGIN' ? context.waiting - event.count : context.waiting) }),
    settle: assign({
      busy: 0,
      retries: 0,
      checkpoint: ({ context, event }) => (event.type === 'DONE' || event.type === 'STARTED' ? event.checkpoint : context.checkpoint),
    }),
    store: assign({ checkpoint: ({ context, event }) => (event.type === 'CHECKPOINT' ? event.checkpoint : context.checkpoint) }),
    countRetry: assign({ retries: ({ context }) => context.retries + 1 }),
    forgetRetries: assign({ retries: 0 }),
    countSkip: assign({ skipped: ({ context }) => context.skipped + 1 }),
    countParked: assign({ deadLetters: ({ context }) => context.deadLetters + 1 }),
    hold: assign({ held: 1 }),
    letGo: assign({ held: 0 }),
    countStop: assign({ stops: ({ context }) => context.stops + 1 }),
    countStopEnd: assign({ stops: ({ context }) => Math.max(0, context.stops - 1) }),
    countDown: assign({ downs: ({ context }) => context.downs + 1 }),
    countUp: assign({ downs: ({ context }) => context.downs - 1 }),
    forgetAll: assign({ waiting: 0, busy: 0, retries: 0 }),
    beginRebuild: assign({ checkpoint: 0, deadLetters: 0, skipped: 0, rebuildTo: ({ context, event }) => (event.type === 'REBUILD' ? event.to : context.rebuildTo) }),
    endRebuild: assign({ rebuildTo: 0 }),
    countSlow: assign({
      slowFaults: ({ context, event }) =>
        event.type === 'SLOW' ? [...context.slowFaults, event.factor] : event.type === 'SLOW_ENDS' ? without(context.slowFaults, event.factor) : context.slowFaults,
    }),
    setSlow: assign({ slowFactor: ({ context }) => Math.max(1, ...context.slowFaults) }),
    next: () => {},
    again: () => {},
    retryLater: () => {},
    skip: () => {},
    park: () => {},
    parkSequence: () => {},
    freeze: () => {},
    goOn: () => {},
    dropAll: () => {},
    recall: () => {},
    clear: () => {},
  },
})

/** What fails is tried again, then set aside, passed over, or waited at. */
const FAIL = [
  { guard: 'retriesLeft', target: 'retrying', actions: ['countRetry', 'retryLater'] },
  { guard: 'skips', actions: ['forgetRetries', 'countSkip', 'skip'] },
  { guard: 'parks', actions: ['forgetRetries', 'countParked', 'park'] },
  { guard: 'parksSequence', actions: ['forgetRetries', 'countParked', 'parkSequence'] },
  { target: 'stopped' },
] as const

const REBUILD = { target: 'rebuilding', actions: ['dropAll', 'forgetAll', 'beginRebuild', 'clear'] } as const
const BEGIN = { actions: 'take' } as const
const DISTURBED = {
  PAUSE: { target: 'paused', actions: ['hold', 'freeze'] },
  STOP: { target: 'paused', actions: ['countStop', 'freeze'] },
  CRASH: { target: 'crashed', actions: 'countDown' },
} as const

/**
 * Handles events one after another and keeps the view. `caughtUp` has nothing to do, `stopped` waits at an event that fails,
 * `paused` stands still, `crashed` lost what it held and reads its checkpoint in `starting`.
 * Effects: `next` (take a batch), `again`, `retryLater`, `skip`, `park`, `parkSequence` (the event that failed), `freeze`, `goOn`,
 * `dropAll`, `recall` (the checkpoint), `clear` (the view, and read from the start).
 */
export const projectorMachine = projectorParts.createMachine({
  id: 'projector',
  initial: 'caughtUp',
  context: ({ input }) => ({
    onError: input.onError, maximumRetries: input.maximumRetries, retries: 0, waiting: 0, busy: 0, checkpoint: 0, deadLetters: 0, skipped: 0,
    stops: 0, downs: 0, held: 0, rebuildTo: 0, slowFaults: [], slowFactor: 1,
  }),
  on: {
    CHECKPOINT: { actions: 'store' },
    SLOW: { actions: ['countSlow', 'setSlow'] },
    SLOW_ENDS: { actions: ['countSlow', 'setSlow'] },
  },
  states: {
    caughtUp: { on: { ARRIVE: { target: 'running', actions: ['join', 'next'] }, REBUILD, ...DISTURBED } },
    running: {
      on: {
        ARRIVE: { actions: 'join' },
        BEGIN,
        DONE: [{ guard: 'moreWaiting', actions: ['settle', 'next'] }, { target: 'caughtUp', actions: 'settle' }],
        FAIL,
        PARKED: { actions: 'countParked' },
        REBUILD,
        ...DISTURBED,
      },
    },
    rebuilding: {
      on: {
        ARRIVE: [{ guard: 'isIdle', actions: ['join', 'next'] }, { actions: 'join' }],
        BEGIN,
        DONE: [
          { guard: 'isRebuiltWithMore', target: 'running', actions: ['settle', 'endRebuild', 'next'] },
          { guard: 'isRebuilt', target: 'caughtUp', actions: ['settle', 'endRebuild'] },
          { guard: 'moreWaiting', actions: ['settle', 'next'] },
          { actions: 'settle' },
        ],
        FAIL,
        PARKED: { actions: 'countParked' },
        REBUILD,
        ...DISTURBED,
      },
    },
    retrying: {
      on: {
        ARRIVE: { actions: 'join' },
        RETRY: [{ guard: 'isRebuilding', target: 'rebuilding', actions: 'again' }, { target: 'running', actions: 'again' }],
        REBUILD,
        ...DISTURBED,
      },
    },
    stopped: {
      on: {
        ARRIVE: { actions: 'join' },
        RETRY: [
          { guard: 'isRebuilding', target: 'rebuilding', actions: ['forgetRetries', 'again'] },
          { target: 'running', actions: ['forgetRetries', 'again'] },
        ],
        SKIP: [
          { guard: 'isRebuilding', target: 'rebuilding', actions: ['forgetRetries', 'countSkip', 'skip'] },
          { target: 'running', actions: ['forgetRetries', 'countSkip', 'skip'] },
        ],
        REBUILD,
        ...DISTURBED,
      },
    },
    paused: {
      on: {
        ARRIVE: { actions: 'join' },
        DONE: { actions: 'settle' },
        PAUSE: { actions: 'hold' },
        STOP: { actions: 'countStop' },
        RESUME: [{ guard: 'staysStopped', actions: 'letGo' }, { target: 'resuming', actions: 'letGo' }],
        STOP_ENDS: [{ guard: 'staysHeld', actions: 'countStopEnd' }, { target: 'resuming', actions: 'countStopEnd' }],
        CRASH: { target: 'crashed', actions: 'countDown' },
      },
    },
    crashed: {
      entry: ['dropAll', 'forgetAll'],
      on: {
        CRASH: { actions: 'countDown' },
        STOP: { actions: 'countStop' },
        STOP_ENDS: { actions: 'countStopEnd' },
        RECOVER: [{ guard: 'staysDown', actions: 'countUp' }, { target: 'starting', actions: ['countUp', 'recall'] }],
      },
    },
    starting: {
      on: {
        STARTED: [{ guard: 'isHeld', target: 'paused', actions: 'settle' }, { target: 'resuming', actions: 'settle' }],
        STOP: { actions: 'countStop' },
        STOP_ENDS: { actions: 'countStopEnd' },
        CRASH: { target: 'crashed', actions: 'countDown' },
      },
    },
    resuming: {
      always: [
        { guard: 'isRebuilding', target: 'rebuilding', actions: 'goOn' },
        { guard: 'isActive', target: 'running', actions: 'goOn' },
        { target: 'caughtUp' },
      ],
    },
  },
})
