import { asCombinator, combinatorName, isFunction, type AuthorFunction, type XMachine } from './internals.ts'
import type { Reject } from './reject.ts'
import type { GuardPlan } from './types.ts'

/** The plan of a guard as written in a transition: inline, by name, by name with params, or combined. */
export function planGuard(machine: XMachine, guard: unknown, reject: Reject, depth = 0): GuardPlan {
  if (depth > MAX_GUARD_DEPTH) reject('a guard refers to itself', 'let it end in a function')
  if (isFunction(guard)) return planFunction(machine, guard, undefined, reject, depth)
  const { name, params } = nameOf(guard, reject)
  const implementation = machine.implementations.guards[name]
  if (implementation === undefined) reject(`guard "${name}" is not implemented`, 'add it to setup({ guards })')
  if (isFunction(implementation)) return planFunction(machine, implementation, params, reject, depth)
  return planGuard(machine, implementation, reject, depth + 1)
}

const MAX_GUARD_DEPTH = 50

function planFunction(
  machine: XMachine,
  fn: AuthorFunction,
  params: unknown,
  reject: Reject,
  depth: number,
): GuardPlan {
  const combinator = asCombinator(fn)
  if (combinator === undefined) return { kind: 'call', fn, params }
  const kind = combinatorName(combinator)
  if (kind === undefined) reject('the guard stateIn() is not supported', 'put the transition into that state')
  const guards = (combinator.guards ?? []).map(part => planGuard(machine, part, reject, depth + 1))
  if (kind !== 'not') return { kind, guards }
  const [guard] = guards
  return guard === undefined ? reject('not() has no guard', 'give it one') : { kind, guard }
}

function nameOf(guard: unknown, reject: Reject): { name: string; params: unknown } {
  if (typeof guard === 'string') return { name: guard, params: undefined }
  if (typeof guard === 'object' && guard !== null && 'type' in guard && typeof guard.type === 'string') {
    return { name: guard.type, params: 'params' in guard ? guard.params : undefined }
  }
  return reject('a guard is neither a function nor a name', "write guard: 'name' or { type: 'name', params }")
}
