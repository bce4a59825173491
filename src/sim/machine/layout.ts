import { CALL, passes, type Args, type Guard, type Op, type Transition } from './ops.ts'
import type { AuthorFunction } from './plan/internals.ts'

/*
 * The linked table laid out for running. Lists are chained through their items, and an item holds what is looked at in place:
 * every object a step need not visit is a line of the processor's cache left to the next machine. Worth a sixth of a run.
 */

/** A transition, and the one to try when its guard says no. */
export interface Candidate {
  readonly guard: AuthorFunction | null
  readonly guardParams: unknown
  readonly next: Candidate | null
  readonly first: Action | null
  readonly target: number
  readonly isTaken: boolean
  readonly settles: boolean
  readonly finishes: boolean
  readonly changes: boolean
}

/** An op, and the one after it. */
export interface Action {
  readonly kind: number
  readonly index: number
  readonly fn: AuthorFunction | null
  readonly params: unknown
  readonly paramsFn: AuthorFunction | null
  readonly name: string
  readonly value: unknown
  readonly next: Action | null
  readonly write: KeyWrite | null
  readonly us: number
}

/** One property of an assign with several, and the one after it. */
export interface KeyWrite {
  readonly key: string
  readonly fn: AuthorFunction | null
  readonly value: unknown
  readonly next: KeyWrite | null
}

/** The first of a row; null when it is empty. */
export function layOut(row: readonly Transition[]): Candidate | null {
  return row.reduceRight<Candidate | null>((next, transition) => layOutOne(transition, next), null)
}

export function layOutOne({ guard, ops, target, ...is }: Transition, next: Candidate | null): Candidate {
  const { isTaken, settles, finishes, changes } = is
  const first = ops.reduceRight<Action | null>((after, op) => actionOf(op, after), null)
  const asked = guard === null ? null : askable(guard)
  return { guard: asked, guardParams: guard?.params, next, first, target, isTaken, settles, finishes, changes }
}

/** The author's own function wherever it can be called as it is. */
function askable(guard: Guard): AuthorFunction {
  return guard.kind === CALL && guard.paramsFn === null ? guard.fn : args => passes(guard, args as Args)
}

function actionOf({ kind, index, fn, params, paramsFn, name, value, us, writes }: Op, next: Action | null): Action {
  const write = writes.reduceRight<KeyWrite | null>((after, one) => ({ key: one.key, fn: one.fn, value: one.value, next: after }), null)
  return { kind, index, fn, params, paramsFn, name, value, next, write, us }
}
