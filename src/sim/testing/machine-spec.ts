import { and, assign, cancel, not, or, raise, setup, type AnyStateMachine } from 'xstate'

/*
 * A machine as data: what the random search draws, shrinks and prints. Functions stand in pools and are named by their keys, so that a
 * printed counterexample can be read.
 */
export interface MachineSpec {
  readonly root: StateSpec
  readonly contextStyle: 'computed' | 'fixed'
}

export interface StateSpec {
  readonly kind: 'atomic' | 'compound' | 'final'
  readonly children: readonly StateSpec[]
  /** Which child; counted round. */
  readonly initial: number
  readonly initialActions: readonly ActionKey[]
  readonly hasOwnId: boolean
  readonly entry: readonly ActionKey[]
  readonly exit: readonly ActionKey[]
  /** A transition that is null is written as `undefined`. */
  readonly on: Readonly<Record<string, readonly (TransitionSpec | null)[]>>
  readonly always: readonly TransitionSpec[]
  readonly after: Readonly<Record<string, readonly TransitionSpec[]>>
  readonly onDone: readonly TransitionSpec[]
  readonly output: OutputKey
}

export interface TransitionSpec {
  readonly to: 'none' | 'any' | 'child' | 'self' | 'sibling'
  /** Which of them; counted round. */
  readonly pick: number
  readonly guard: GuardSpec | null
  readonly actions: readonly ActionKey[]
  readonly reenter: boolean
}

export type GuardSpec =
  | GuardKey
  | { readonly and: readonly GuardSpec[] }
  | { readonly or: readonly GuardSpec[] }
  | { readonly not: GuardSpec }

/** What the stimuli consist of; `n` is seen by guards and assigners. */
export const EVENT_TYPES = ['A', 'B', 'C', 'net', 'net.up', 'net.down.hard'] as const
/** What transitions stand under. */
export const DESCRIPTORS = [...EVENT_TYPES, '*', 'net.*', 'net.down.*', 'xstate.*', 'xstate.done.*'] as const
export const DELAY_KEYS = ['0', '20', '7', '1.5', 'long', 'byContext'] as const

interface Context {
  a: number
  b: number
  list: readonly number[]
}
interface Given {
  readonly context: Context
  readonly event: { readonly type: string; readonly n?: number; readonly output?: unknown }
}

export const GUARDS = {
  even: 'isEven',
  big: 'isBig',
  both: 'isEvenAndBig',
  alias: 'sameAsEven',
  below2: { type: 'isBelow', params: { limit: 2 } },
  belowB: { type: 'isBelow', params: ({ context }: Given) => ({ limit: context.b }) },
  belowN: { type: 'isBelow', params: ({ event }: Given) => ({ limit: event.n ?? 0 }) },
  inlineOdd: ({ context }: Given) => context.b % 2 === 1,
  inlineTruthy: ({ context }: Given) => context.a,
  fromInside: ({ event }: Given) => event.type.startsWith('xstate.'),
  output: ({ event }: Given) => event.output === 7,
} as const
export type GuardKey = keyof typeof GUARDS

// The pools mix what no single machine type allows, so XState's own types are set aside here.
const write = assign as unknown as (assignment: unknown) => unknown
const send = raise as unknown as (event: unknown, options?: unknown) => unknown

export const ACTIONS = {
  effect: 'ping',
  undeclared: 'nobodyDeclaredMe',
  effectWithParams: { type: 'pong', params: { level: 3 } },
  effectOfContext: { type: 'pong', params: ({ context }: Given) => ({ a: context.a, list: context.list }) },
  effectOfEvent: { type: 'pong', params: ({ event }: Given) => [event.type, event.n, event.output] },
  increment: write({ a: ({ context }: Given) => (context.a + 1) % 5 }),
  fixed: write({ b: 3 }),
  swap: write({ a: ({ context }: Given) => context.b, b: ({ context }: Given) => context.a }),
  chain: write({
    a: ({ context }: Given) => (context.a + 1) % 7,
    b: ({ context }: Given) => context.a,
    list: ({ context }: Given) => [...context.list.slice(-2), context.a],
  }),
  takeEvent: write({ b: ({ event }: Given) => event.n ?? event.output ?? 1 }),
  byFunction: write(({ context, event }: Given) => ({ b: context.a, a: event.n ?? context.b })),
  newKey: write(({ context }: Given) => (context.a > 1 ? { extra: context.a } : {})),
  named: 'bump',
  namedByParams: { type: 'add', params: { by: 2 } },
  namedByComputed: { type: 'add', params: ({ context }: Given) => ({ by: context.b }) },
  raiseA: send({ type: 'A', n: 4 }),
  raiseUp: send({ type: 'net.up' }),
  raiseComputed: send(({ context }: Given) => ({ type: EVENT_TYPES[context.a % 6] ?? 'A', n: context.b })),
  raiseNamed: 'kick',
  startT1: send({ type: 'A', n: 1 }, { id: 't1', delay: 20 }),
  startT1Soon: send({ type: 'A', n: 1 }, { id: 't1', delay: 0 }),
  startT2: send({ type: 'net.up' }, { id: 't2', delay: 'byContext' }),
  startT2Inline: send({ type: 'net.up' }, { id: 't2', delay: ({ event }: Given) => (event.n ?? 0) * 1.25 }),
  cancelT1: cancel('t1'),
  cancelComputed: cancel(({ context }: Given) => `t${context.a % 4}`),
} as const
export type ActionKey = keyof typeof ACTIONS

const OUTPUTS = { none: undefined, seven: 7, computed: ({ context }: Given) => context.a + 5 } as const
export type OutputKey = keyof typeof OUTPUTS
export const OUTPUT_KEYS = Object.keys(OUTPUTS) as OutputKey[]

/** Builds the machine that a spec describes. Its id is 'm', its states are 'a', 'b' … within their parent. */
export function buildMachine({ root, contextStyle }: MachineSpec): AnyStateMachine {
  const builder = new Builder(root)
  const fixed = { a: 1, b: 2, list: [] }
  const config = {
    ...builder.state(root, []),
    id: 'm',
    context: contextStyle === 'fixed' ? fixed : ({ input }: { input?: { a: number } }) => ({ ...fixed, a: input?.a ?? 0 }),
    options: { maxIterations: 25 },
  }
  // The spec decides at run time what TypeScript would check in a written machine.
  return setup(IMPLEMENTATIONS as never).createMachine(config as never) as unknown as AnyStateMachine
}

const IMPLEMENTATIONS = {
  guards: {
    isEven: ({ context }: Given) => context.a % 2 === 0,
    isBig: ({ event }: Given) => (event.n ?? 0) > 2,
    isBelow: ({ context }: Given, params: { limit: number }) => context.a < params.limit,
    isEvenAndBig: and(['isEven', 'isBig']),
    sameAsEven: 'isEven',
  },
  actions: {
    ping: () => {},
    pong: () => {},
    bump: write({ a: ({ context }: Given) => (context.a + 3) % 5 }),
    add: write({ a: ({ context }: Given, params: { by: number }) => (context.a + params.by) % 9 }),
    kick: send({ type: 'B' }),
  },
  delays: { long: 1000.0004, byContext: ({ context }: Given) => context.a * 10 },
}

class Builder {
  readonly #paths: readonly (readonly number[])[]
  readonly #root: StateSpec

  constructor(root: StateSpec) {
    this.#root = root
    this.#paths = pathsBelow(root, [])
  }

  state(spec: StateSpec, path: readonly number[]): Record<string, unknown> {
    const isRoot = path.length === 0
    const common = {
      ...(spec.hasOwnId && !isRoot ? { id: ownId(path) } : {}),
      entry: spec.entry.map(key => ACTIONS[key]),
      exit: spec.exit.map(key => ACTIONS[key]),
    }
    if (spec.kind === 'final') return { ...common, type: 'final', output: OUTPUTS[spec.output] }
    const transitions = (specs: readonly (TransitionSpec | null)[]) => specs.map(each => this.#transition(each, path))
    return {
      ...common,
      ...(spec.kind === 'compound' ? this.#children(spec, path) : {}),
      on: { ...mapRecord(spec.on, transitions), ...(isRoot ? START_TIMERS : {}) },
      always: transitions(spec.always),
      after: mapRecord(spec.after, transitions),
      ...(spec.onDone.length > 0 ? { onDone: transitions(spec.onDone) } : {}),
    }
  }

  #children(spec: StateSpec, path: readonly number[]): Record<string, unknown> {
    const states = spec.children.map((child, index) => [keyOf(index), this.state(child, [...path, index])] as const)
    const initial = keyOf(spec.initial % spec.children.length)
    const actions = spec.initialActions.map(key => ACTIONS[key])
    return { states: Object.fromEntries(states), initial: actions.length > 0 ? { target: initial, actions } : initial }
  }

  #transition(spec: TransitionSpec | null, path: readonly number[]): unknown {
    if (spec === null) return undefined
    const target = this.#target(spec, path)
    return {
      ...(target === undefined ? {} : { target }),
      ...(spec.guard === null ? {} : { guard: buildGuard(spec.guard) }),
      actions: spec.actions.map(key => ACTIONS[key]),
      // The compiler refuses to re-enter the root.
      reenter: spec.reenter && path.length > 0,
    }
  }

  #target({ to, pick }: TransitionSpec, path: readonly number[]): string | undefined {
    const isRoot = path.length === 0
    if (to === 'none') return undefined
    if (to === 'self' && !isRoot) return this.#reference(path)
    if (to === 'child') {
      const children = specAt(this.#root, path).children.length
      if (children > 0) return `.${keyOf(pick % children)}`
    }
    if (to === 'sibling' && !isRoot) return keyOf(pick % specAt(this.#root, path.slice(0, -1)).children.length)
    return this.#reference(this.#paths[pick % this.#paths.length] ?? [])
  }

  #reference(path: readonly number[]): string {
    return specAt(this.#root, path).hasOwnId ? `#${ownId(path)}` : `#m.${path.map(keyOf).join('.')}`
  }
}

/** Lets any stimulus list start both timers; also makes every cancel refer to something. */
const START_TIMERS = { 'start timers': { actions: [ACTIONS.startT1, ACTIONS.startT2] } }
export const START_TIMERS_TYPE = 'start timers'

function buildGuard(spec: GuardSpec): unknown {
  if (typeof spec === 'string') return GUARDS[spec]
  if ('not' in spec) return not(buildGuard(spec.not) as never)
  if ('and' in spec) return and(spec.and.map(buildGuard) as never)
  return or(spec.or.map(buildGuard) as never)
}

function pathsBelow(spec: StateSpec, path: readonly number[]): (readonly number[])[] {
  return spec.children.flatMap((child, index) => [[...path, index], ...pathsBelow(child, [...path, index])])
}

function specAt(root: StateSpec, path: readonly number[]): StateSpec {
  return path.reduce((spec, index) => spec.children[index] ?? spec, root)
}

function ownId(path: readonly number[]): string {
  return `own-${path.map(keyOf).join('-')}`
}

function keyOf(index: number): string {
  return 'abcdefgh'.charAt(index)
}

function mapRecord<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
