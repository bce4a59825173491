import type { AuthorFunction } from './internals.ts'

/*
 * A machine after XState has been understood and before it is made fast: what happens in every leaf on every signal, in the order in
 * which it happens. Plain data; `link` turns it into the running table. Tests damage it here to prove that they would notice.
 */
export interface MachinePlan {
  readonly id: string
  /** In document order; their index is the state code. */
  readonly leaves: readonly LeafPlan[]
  /** Every event type the machine names, raises or is told of. */
  readonly signals: readonly string[]
  readonly effects: readonly string[]
  readonly timers: readonly TimerPlan[]
  /** What entering the machine does. Guard and source mean nothing here. */
  readonly initial: TransitionPlan
  /** XState's `options.maxIterations`, or a limit of our own when it is infinite. */
  readonly passLimit: number
  readonly createContext: (input: unknown) => Record<string, unknown>
}

export interface LeafPlan {
  /** Keys from below the root, dotted. */
  readonly path: string
  /** The machine is over here. */
  readonly isFinal: boolean
  /** Candidates by event type, in the order in which their guards are asked. */
  readonly on: ReadonlyMap<string, readonly TransitionPlan[]>
  readonly always: readonly TransitionPlan[]
}

export interface TimerPlan {
  readonly id: string
  readonly event: EventObject
}

/** One transition as seen from one leaf. */
export interface TransitionPlan {
  /** Depth of the state that declares it; the root has 0. */
  readonly depth: number
  /** What it stands under: an event type, 'a.*', '*', or '' for `always`. */
  readonly descriptor: string
  readonly guard: GuardPlan | undefined
  readonly exit: readonly ActionPlan[]
  readonly actions: readonly ActionPlan[]
  readonly entry: readonly ActionPlan[]
  /** State code afterwards; without a target, that of the leaf itself. */
  readonly target: number
  /** `EVENT: {}` or `undefined`: it only keeps ancestors from seeing the event. */
  readonly isForbidden: boolean
  /** It ends in a final child of the root, and the machine with it. */
  readonly finishes: boolean
}

/** `params` here and below: a function is called with {context, event}; anything else is passed as it is. */
export type GuardPlan =
  | { readonly kind: 'call'; readonly fn: AuthorFunction; readonly params: unknown }
  | { readonly kind: 'and' | 'or'; readonly guards: readonly GuardPlan[] }
  | { readonly kind: 'not'; readonly guard: GuardPlan }

export type ActionPlan =
  | { readonly kind: 'assign'; readonly assignment: Readonly<Record<string, unknown>>; readonly params: unknown }
  | { readonly kind: 'assign-with'; readonly assign: AuthorFunction; readonly params: unknown }
  | { readonly kind: 'raise'; readonly event: EventObject | AuthorFunction; readonly params: unknown }
  | { readonly kind: 'done'; readonly type: string; readonly output: unknown }
  | { readonly kind: 'start-timer'; readonly timer: string; readonly delay: DelayPlan; readonly params: unknown }
  | { readonly kind: 'cancel-timer'; readonly timer: string | AuthorFunction; readonly params: unknown }
  | { readonly kind: 'effect'; readonly name: string; readonly params: unknown }

/** `delay` is microseconds, or a function that gives milliseconds; `name` is for messages. */
export interface DelayPlan {
  readonly name: string
  readonly delay: number | AuthorFunction
}

export interface EventObject {
  readonly type: string
}
