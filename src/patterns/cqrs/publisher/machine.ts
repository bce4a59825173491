import { assign, setup } from 'xstate'

/** What a publisher knows of itself. */
export interface PublisherContext {
  /** Events in the outbox. */
  waiting: number
  published: number
  dropped: number
  duplicated: number
}

export type PublisherSignal = { type: 'ENQUEUE' | 'RELAY' | 'PUBLISHED' | 'DROPPED' | 'DUPLICATED' }

/** Takes events in, relays them one after another. Effect: `relay` (the event that has waited longest). */
export const publisherMachine = setup({
  types: {} as { context: PublisherContext; events: PublisherSignal },
  actions: {
    countIn: assign({ waiting: ({ context }) => context.waiting + 1 }),
    countOut: assign({ waiting: ({ context }) => context.waiting - 1 }),
    countPublished: assign({ published: ({ context }) => context.published + 1 }),
    countDropped: assign({ dropped: ({ context }) => context.dropped + 1 }),
    countDuplicated: assign({ duplicated: ({ context }) => context.duplicated + 1 }),
    relay: () => {},
  },
}).createMachine({
  id: 'publisher',
  initial: 'idle',
  context: { waiting: 0, published: 0, dropped: 0, duplicated: 0 },
  on: {
    ENQUEUE: { actions: 'countIn' },
    DROPPED: { actions: 'countDropped' },
    DUPLICATED: { actions: 'countDuplicated' },
  },
  states: {
    idle: { on: { RELAY: { target: 'relaying', actions: ['countOut', 'relay'] } } },
    relaying: { on: { PUBLISHED: { target: 'idle', actions: 'countPublished' } } },
  },
})
