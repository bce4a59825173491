import { code, type Code } from '../../print.ts'
import { machineConfig, namesIn, pruned, type Omissions } from '../../xstate/prune.ts'
import { machineOf } from '../../xstate/setup.ts'
import type { SlicePlan } from '../plan.ts'

/** Guards that say what becomes of an event that fails for good, by what is configured. */
const MODES = { skip: 'skips', park: 'parks', 'park-sequence': 'parksSequence' } as const

/** What an exported projector never does: what is done by hand or by faults, building a view anew, and counting for display. */
function omissionsOf({ projector, uses }: SlicePlan): Omissions {
  const { onError } = projector
  return {
    events: [
      'PAUSE', 'RESUME', 'STOP', 'STOP_ENDS', 'CRASH', 'RECOVER', 'STARTED', 'REBUILD', 'SLOW', 'SLOW_ENDS', 'SKIP', 'CHECKPOINT', 'PARKED',
    ],
    guards: [
      'isRebuilding',
      ...Object.entries(MODES).flatMap(([mode, guard]) => (mode === onError ? [] : [guard])),
      ...(uses.retriesEvents ? [] : ['retriesLeft']),
    ],
    targets: onError === 'stop' ? [] : ['stopped'],
    actions: ['countSkip', 'countParked'],
  }
}

/** The machine that ran, with its guards and actions. */
export function projectorMachine(plan: SlicePlan): Code {
  const { onError, maximumRetries } = plan.projector
  const { id, ...chart } = pruned(machineConfig('projector', plan.projector), omissionsOf(plan))
  const names = namesIn(chart)
  const context = { onError, maximumRetries, retries: 0, waiting: 0, busy: 0, checkpoint: 0 }
  return code`
    /** What happens to a projector: events come, a batch of them is begun and done, or one fails. */
    type Signal =
      | { type: 'ARRIVE' | 'FAIL' | 'RETRY' }
      | { type: 'BEGIN'; count: number }
      | { type: 'DONE'; checkpoint: number };

    interface Memory {
      onError: 'stop' | 'retry' | 'skip' | 'park' | 'park-sequence';
      maximumRetries: number;
      /** Retries since an event or a batch was done with. */
      retries: number;
      /** Events that wait to be taken. */
      waiting: number;
      /** 1 while a batch is in the making. */
      busy: number;
      checkpoint: number;
    }

    /**
     * The projector's machine that ran in the simulation; editors of state machines can import it.
     * Left out are pauses, crashes and rebuilds: each round begins with a fresh machine.
     */
    export const projectorMachine = ${machineOf({ id, context, ...chart }, names, { guards: GUARDS, actions: ACTIONS, effects: EFFECTS, remark: code`// What to do next.` })};
  `
}

/** The method by which the projector steps its machine. */
export function tellMethod(): Code {
  return code`
    /** Tells the machine what happened; gives back what it asks for. */
    #tell(signal: Signal): string | undefined {
      const [snapshot, actions] = transition(projectorMachine, this.#snapshot, signal);
      this.#snapshot = snapshot;
      return actions.at(-1)?.type;
    }
  `
}

const EFFECTS = ['next', 'again', 'retryLater', 'skip', 'park', 'parkSequence']

const GUARDS: readonly (readonly [name: string, guard: Code])[] = [
  ['moreWaiting', code`moreWaiting: ({ context }) => context.waiting > 0,`],
  ['retriesLeft', code`
    retriesLeft: ({ context }) =>
      context.onError === 'retry' || context.retries < context.maximumRetries,
  `],
  ['skips', code`skips: ({ context }) => context.onError === 'skip',`],
  ['parks', code`parks: ({ context }) => context.onError === 'park',`],
  ['parksSequence', code`parksSequence: ({ context }) => context.onError === 'park-sequence',`],
]

const ACTIONS: readonly (readonly [name: string, action: Code])[] = [
  ['join', code`join: assign({ waiting: ({ context }) => context.waiting + 1 }),`],
  ['take', code`
    take: assign(({ context, event }) => ({
      busy: 1,
      waiting: event.type === 'BEGIN' ? context.waiting - event.count : context.waiting,
    })),
  `],
  ['settle', code`
    settle: assign(({ context, event }) => ({
      busy: 0,
      retries: 0,
      checkpoint: event.type === 'DONE' ? event.checkpoint : context.checkpoint,
    })),
  `],
  ['countRetry', code`countRetry: assign({ retries: ({ context }) => context.retries + 1 }),`],
  ['forgetRetries', code`forgetRetries: assign({ retries: 0 }),`],
]
