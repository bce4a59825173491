import { and, not, or, type AnyStateMachine } from 'xstate'

/*
 * What is read of XState's insides (xstate 5.33.3), as narrow as it goes. `package.json` pins the exact version; the property test
 * compares every release with the public `transition()`.
 */

/** A function of the author: a guard, an assigner, or what computes params, an event or a delay. */
export type AuthorFunction = (args: unknown, params: unknown) => unknown

export interface XNode {
  readonly id: string
  readonly path: readonly string[]
  readonly type: 'atomic' | 'compound' | 'final' | 'history' | 'parallel'
  /** Position in document order; parents come before their children. */
  readonly order: number
  readonly parent: XNode | undefined
  readonly states: Readonly<Record<string, XNode>>
  /** The author's actions, then one delayed raise for each `after`. */
  readonly entry: readonly unknown[]
  /** The author's actions, then one cancel for each `after`. */
  readonly exit: readonly unknown[]
  readonly always: readonly XTransition[] | undefined
  /** By event descriptor: `on`, then `onDone`, then `after`. */
  readonly transitions: ReadonlyMap<string, readonly XTransition[]>
  readonly initial: XInitial
  readonly invoke: readonly unknown[]
  readonly output: unknown
}

export interface XTransition {
  readonly source: XNode
  readonly target: readonly XNode[] | undefined
  readonly reenter: boolean
  readonly guard: unknown
  readonly actions: readonly unknown[]
  /** The descriptor it stands under; '' for `always`. */
  readonly eventType: string
}

export interface XInitial {
  readonly target: readonly XNode[]
  readonly actions: readonly unknown[]
}

export interface XMachine {
  readonly id: string
  readonly root: XNode
  readonly idMap: ReadonlyMap<string, XNode>
  readonly config: { readonly context?: unknown }
  readonly options: { readonly maxIterations: number }
  readonly implementations: {
    readonly actions: Readonly<Record<string, unknown>>
    readonly guards: Readonly<Record<string, unknown>>
    readonly delays: Readonly<Record<string, unknown>>
  }
}

/** A built-in action (`assign`, `raise` …) with its arguments as properties. */
export interface XBuiltin {
  readonly type: string
  readonly assignment?: unknown
  readonly event?: unknown
  readonly id?: unknown
  readonly delay?: unknown
  readonly sendId?: unknown
}

/** `and`, `or`, `not`, or `stateIn` (which has no `guards`). */
export interface XCombinator {
  readonly check: unknown
  readonly guards?: readonly unknown[]
}

/** The machine as its insides are. Fails when they are not what xstate 5.33.3 has. */
export function insideOf(machine: AnyStateMachine): XMachine {
  // The public types hide these fields or type them with `any`; this is the one place that says otherwise.
  const inside = machine as unknown as XMachine
  if (!(inside.idMap instanceof Map) || !(inside.root.transitions instanceof Map)) {
    throw new Error(`machine "${machine.id}": this is not a machine of xstate 5.33.3, whose insides the compiler reads`)
  }
  return inside
}

export function isFunction(value: unknown): value is AuthorFunction {
  return typeof value === 'function'
}

export function asBuiltin(action: unknown): XBuiltin | undefined {
  return isFunction(action) && 'resolve' in action ? (action as unknown as XBuiltin) : undefined
}

export function asCombinator(guard: AuthorFunction): XCombinator | undefined {
  return 'check' in guard ? (guard as unknown as XCombinator) : undefined
}

// By identity of `check`: a bundler may rename functions, so their names say nothing.
const CHECKS = new Map<unknown, 'and' | 'or' | 'not'>([
  [checkOf(and([])), 'and'],
  [checkOf(or([])), 'or'],
  [checkOf(not('')), 'not'],
])

/** Which combinator it is; undefined for `stateIn`. */
export function combinatorName(combinator: XCombinator): 'and' | 'or' | 'not' | undefined {
  return CHECKS.get(combinator.check)
}

function checkOf(guard: unknown): unknown {
  return isFunction(guard) ? asCombinator(guard)?.check : undefined
}
