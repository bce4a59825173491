import type { AuthorFunction } from './plan/internals.ts'

/** What the author's functions receive. One object for each compiled machine, reused by every step: do not keep it. */
export class Args {
  context: Record<string, unknown> = {}
  event: unknown = undefined
  readonly #machineId: string

  constructor(machineId: string) {
    this.#machineId = machineId
  }

  get self(): never {
    return this.#refuse('self')
  }

  get system(): never {
    return this.#refuse('system')
  }

  get spawn(): never {
    return this.#refuse('spawn')
  }

  #refuse(name: string): never {
    throw new Error(`machine "${this.#machineId}": "${name}" does not exist in a simulated machine; use context and event`)
  }
}

// Small integers, not strings: `run` switches on them for every action of every step.
export const ASSIGN_ONE = 0
export const ASSIGN_MANY = 1
export const ASSIGN_WITH = 2
export const EFFECT = 3
export const RAISE = 4
export const RAISE_COMPUTED = 5
export const RAISE_DONE = 6
export const START_TIMER = 7
export const START_TIMER_COMPUTED = 8
export const CANCEL_TIMER = 9
export const CANCEL_TIMER_COMPUTED = 10

/** One action. All kinds have the same shape so that the loop over them stays monomorphic; see `link` for who uses what. */
export interface Op {
  readonly kind: number
  /** Code of the effect, signal or timer. */
  readonly index: number
  /** Delay in microseconds. */
  readonly us: number
  /** Context key, event type or delay name. */
  readonly name: string
  /** Computes the value; null when `value` is it. */
  readonly fn: AuthorFunction | null
  readonly value: unknown
  readonly params: unknown
  /** Computes the params; null when `params` are they. */
  readonly paramsFn: AuthorFunction | null
  readonly writes: readonly Write[]
}

/** One property of an object-form assign. */
export interface Write {
  readonly key: string
  /** Computes the value; null when `value` is it. */
  readonly fn: AuthorFunction | null
  readonly value: unknown
}

export const CALL = 0
export const AND = 1
export const OR = 2
export const NOT = 3

/** A guard; `fn` is only called when `kind` is CALL, else `parts` are combined. */
export interface Guard {
  readonly kind: number
  readonly fn: AuthorFunction
  readonly params: unknown
  readonly paramsFn: AuthorFunction | null
  readonly parts: readonly Guard[]
}

/** A transition of one leaf, ready to run. */
export interface Transition {
  readonly guard: Guard | null
  /** Exit, transition and entry actions in this order. */
  readonly ops: readonly Op[]
  readonly target: number
  /** False when it only forbids: then nothing counts as taken. */
  readonly isTaken: boolean
  /** After it, no raised event and no `always` can follow. */
  readonly settles: boolean
  /** The machine is over. */
  readonly finishes: boolean
  /** It changes state or context; XState stops looking at `always` after one that does not. */
  readonly changes: boolean
}

/** Whether a guard lets its transition pass. */
export function passes(guard: Guard, args: Args): boolean {
  switch (guard.kind) {
    case CALL: {
      const { fn, params, paramsFn } = guard
      return Boolean(fn(args, paramsFn === null ? params : paramsFn(args, undefined)))
    }
    case AND:
      for (const part of guard.parts) if (!passes(part, args)) return false
      return true
    case OR:
      for (const part of guard.parts) if (passes(part, args)) return true
      return false
    default:
      for (const part of guard.parts) if (passes(part, args)) return false
      return true
  }
}
