import { assign, setup } from 'xstate'

/** What a command handler knows of itself. */
export interface CommandHandlerContext {
  inFlight: number
  accepted: number
  conflicts: number
  failed: number
}

export type CommandHandlerSignal = { type: 'HANDLE' | 'ACCEPTED' | 'CONFLICT' | 'FAILED' }

/** Loads, decides, appends; a conflict is decided anew or ends the command. Effect: `load` (or decide at once). */
export const commandHandlerMachine = setup({
  types: {} as { context: CommandHandlerContext; events: CommandHandlerSignal },
  guards: { isLast: ({ context }) => context.inFlight <= 1 },
  actions: {
    countIn: assign({ inFlight: ({ context }) => context.inFlight + 1 }),
    countOut: assign({ inFlight: ({ context }) => context.inFlight - 1 }),
    countAccepted: assign({ accepted: ({ context }) => context.accepted + 1 }),
    countConflict: assign({ conflicts: ({ context }) => context.conflicts + 1 }),
    countFailed: assign({ failed: ({ context }) => context.failed + 1 }),
    load: () => {},
  },
}).createMachine({
  id: 'commandHandler',
  initial: 'idle',
  context: { inFlight: 0, accepted: 0, conflicts: 0, failed: 0 },
  states: {
    idle: { on: { HANDLE: { target: 'deciding', actions: ['countIn', 'load'] } } },
    deciding: {
      on: {
        HANDLE: { actions: ['countIn', 'load'] },
        CONFLICT: { actions: ['countConflict', 'load'] },
        ACCEPTED: [{ guard: 'isLast', target: 'idle', actions: ['countOut', 'countAccepted'] }, { actions: ['countOut', 'countAccepted'] }],
        FAILED: [{ guard: 'isLast', target: 'idle', actions: ['countOut', 'countFailed'] }, { actions: ['countOut', 'countFailed'] }],
      },
    },
  },
})
