import { code, FILE_WIDTH, joined, lit, when, type Code } from '../../print.ts'
import { literal } from '../../xstate/literal.ts'
import { machineOf } from '../../xstate/setup.ts'
import type { SagaMachinePlan } from './plan.ts'

/** Actions that ask for something to be done: a signal leads to one at most. */
const EFFECTS = ['begin', 'execute', 'query', 'backOff', 'complete', 'finishRollback', 'park']

/** The machine that ran, with its guards and actions. */
export function sagaMachine(plan: SagaMachinePlan): Code {
  const { chart: { id, ...chart }, names, uses } = plan
  const context = { attempt: 0, sent: false, registered: 0, doubt: 0, incomplete: uses.skips ? false : undefined }
  return code`
    ${machineTypes(plan)}

    /**
     * One saga, as it ran in the simulation; editors of state machines can import it. Left out are
     * events that nobody sends, and states that nothing leads to without them.
     */
    export const sagaMachine = ${machineOf({ id, context, ...chart }, names, { guards: GUARDS, actions: ACTIONS, effects: EFFECTS, remark: code`// What to do next: see EFFECTS.` })};

    function isLast(signal: Signal): boolean {
      return 'last' in signal && signal.last;
    }

    function isEffect(name: string): name is Effect {
      return EFFECTS.some((effect) => effect === name);
    }
  `
}

function machineTypes({ names, uses }: SagaMachinePlan): Code {
  const plain = ['INTENT', ...(uses.deadline ? ['ABORT'] : []), ...(uses.log ? ['RECOVERED'] : [])]
  const outcomes = ['SUCCESS', 'FAILURE', 'REJECTED', 'UNKNOWN', ...(uses.unknown.has('query') ? ['ABSENT'] : [])]
  const effects = EFFECTS.filter((name) => names.actions.has(name))
  return code`
    /** What happens to a saga; 'last': no time is left for another attempt. */
    ${signalType(code`{ type: ${union(plain)} }`, code`{ type: ${union(outcomes)}; last: boolean }`)}

    /** What the machine remembers of a saga. Steps are bits, the first one's the lowest. */
    interface Memory {
      /** Attempts at the present work. */
      attempt: number;
      /** An attempt went out, and nothing came back yet. */
      sent: boolean;
      /** Steps to undo, should it come to that. */
      registered: number;
      /** Steps of which nobody knows whether they happened. */
      doubt: number;
      ${when(uses.skips)}/** Something could not be undone. */
      ${when(uses.skips)}incomplete: boolean;
    }

    interface OfStep {
      bit: number;
    }

    /** What the machine asks for. */
    type Effect = (typeof EFFECTS)[number];
    const EFFECTS = ${literal(effects, 0, 'const EFFECTS =  as const'.length)} as const;
  `
}

/** On one line where it fits, as formatters have it. */
function signalType(plain: Code, outcome: Code): Code {
  const line = code`${plain} | ${outcome};`
  if (line.toString().length + 2 <= FILE_WIDTH) {
    return code`
      type Signal =
        ${line}
    `
  }
  return code`
    type Signal =
      | ${plain}
      | ${outcome};
  `
}

function union(words: readonly string[]): Code {
  return joined(words.map(lit), ' | ')
}

const GUARDS: readonly (readonly [name: string, guard: Code])[] = [
  ['attemptsLeft', code`
    attemptsLeft: ({ context, event }, { maximum }: { maximum: number }) =>
      !isLast(event) && (maximum === 0 || context.attempt < maximum),
  `],
  ['timeLeft', code`timeLeft: ({ event }) => !isLast(event),`],
  ['isSent', code`isSent: ({ context }) => context.sent,`],
  ['isNotSent', code`isNotSent: ({ context }) => !context.sent,`],
  ['isInDoubt', code`isInDoubt: ({ context }, { bit }: OfStep) => (context.doubt & bit) !== 0,`],
  ['isCertain', code`isCertain: ({ context }, { bit }: OfStep) => (context.doubt & bit) === 0,`],
  ['isRegistered', code`isRegistered: ({ context }, { bit }: OfStep) => (context.registered & bit) !== 0,`],
  ['isIncomplete', code`isIncomplete: ({ context }) => context.incomplete,`],
]

const ACTIONS: readonly (readonly [name: string, action: Code])[] = [
  ['enter', code`enter: assign({ attempt: 0, sent: false }),`],
  ['send', code`
    send: assign(({ context }, { registers }: { registers: number }) => ({
      attempt: context.attempt + 1,
      sent: true,
      registered: context.registered | registers,
    })),
  `],
  ['ask', code`ask: assign({ sent: true }),`],
  ['close', code`close: assign({ sent: false }),`],
  ['succeed', code`
    succeed: assign(({ context }, { bit, registers }: OfStep & { registers: number }) => ({
      sent: false,
      doubt: context.doubt & ~bit,
      registered: context.registered | registers,
    })),
  `],
  ['doubt', code`
    doubt: assign(({ context }, { bit }: OfStep) => ({ sent: false, doubt: context.doubt | bit })),
  `],
  ['leave', code`
    // The step had no effect, unless an earlier attempt may have had: then it stays registered.
    leave: assign(({ context: { registered, doubt } }, { bit }: OfStep) => ({
      sent: false,
      registered: doubt & bit ? registered : registered & ~bit,
    })),
  `],
  ['undone', code`
    undone: assign(({ context }, { bit }: OfStep) => ({
      sent: false,
      registered: context.registered & ~bit,
    })),
  `],
  ['skipUndo', code`
    skipUndo: assign(({ context }, { bit }: OfStep) => ({
      sent: false,
      incomplete: true,
      registered: context.registered & ~bit,
    })),
  `],
]
