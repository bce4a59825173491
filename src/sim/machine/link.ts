import { FlatMachine, type Leaf, type Table } from './flat-machine.ts'
import * as op from './ops.ts'
import type { Guard, Op, Transition, Write } from './ops.ts'
import { isFunction, type AuthorFunction } from './plan/internals.ts'
import type { ActionPlan, GuardPlan, LeafPlan, MachinePlan, TransitionPlan } from './plan/types.ts'

/** Makes a plan run: names become codes, action lists become one, and what can be known now is not asked again. */
export function linkMachine(plan: MachinePlan): FlatMachine {
  return new FlatMachine(linkTable(plan))
}

/** The table alone; tests damage it before it runs. */
export function linkTable(plan: MachinePlan): Table {
  return new Linker(plan).table()
}

class Linker {
  readonly #plan: MachinePlan
  readonly #signals: ReadonlyMap<string, number>
  readonly #effects: ReadonlyMap<string, number>
  readonly #timers: ReadonlyMap<string, number>
  readonly #ops = new Map<ActionPlan, Op>()
  readonly #guards = new Map<GuardPlan, Guard>()

  constructor(plan: MachinePlan) {
    this.#plan = plan
    this.#signals = codes(plan.signals)
    this.#effects = codes(plan.effects)
    this.#timers = codes(plan.timers.map(timer => timer.id))
  }

  table(): Table {
    const { id, signals, effects, timers, leaves, initial, passLimit, createContext } = this.#plan
    return {
      id,
      signals,
      effects,
      timers: timers.map(timer => ({ ...timer, signal: codeOf(this.#signals, timer.event.type) })),
      leaves: leaves.map((leaf, code) => this.#leaf(leaf, code)),
      initial: this.#transition(initial, -1),
      passLimit,
      createContext,
    }
  }

  #leaf({ path, isFinal, on, always }: LeafPlan, code: number): Leaf {
    const linked = new Map<TransitionPlan, Transition>()
    const link = (plan: TransitionPlan): Transition => {
      const transition = linked.get(plan) ?? this.#transition(plan, code)
      linked.set(plan, transition)
      return transition
    }
    // A machine that is over ignores everything, as a live actor does.
    const none: readonly Transition[] = []
    const rows = this.#plan.signals.map(type => (isFinal ? none : (on.get(type)?.map(link) ?? none)))
    return { path, isFinal, rows, always: isFinal ? none : always.map(link) }
  }

  #transition(plan: TransitionPlan, from: number): Transition {
    const ops = [...plan.exit, ...plan.actions, ...plan.entry].map(action => this.#op(action))
    const isFollowed = ops.some(isRaise) || (this.#plan.leaves[plan.target]?.always.length ?? 0) > 0
    return {
      guard: plan.guard === undefined ? null : this.#guard(plan.guard),
      ops,
      target: plan.target,
      isTaken: !plan.isForbidden,
      settles: plan.finishes || !isFollowed,
      finishes: plan.finishes,
      changes: plan.target !== from || ops.some(isAssign),
    }
  }

  #guard(plan: GuardPlan): Guard {
    const known = this.#guards.get(plan)
    if (known !== undefined) return known
    const guard = plan.kind === 'call' ? linkCall(plan.fn, plan.params) : this.#combine(plan)
    this.#guards.set(plan, guard)
    return guard
  }

  #combine(plan: Exclude<GuardPlan, { kind: 'call' }>): Guard {
    const parts = plan.kind === 'not' ? [plan.guard] : plan.guards
    const kind = { and: op.AND, or: op.OR, not: op.NOT }[plan.kind]
    return { kind, fn: never, params: undefined, paramsFn: null, parts: parts.map(part => this.#guard(part)) }
  }

  #op(action: ActionPlan): Op {
    const known = this.#ops.get(action)
    if (known !== undefined) return known
    const linked = this.#linkOp(action)
    this.#ops.set(action, linked)
    return linked
  }

  #linkOp(action: ActionPlan): Op {
    switch (action.kind) {
      case 'assign':
        return linkAssign(action.assignment, action.params)
      case 'assign-with':
        return makeOp({ kind: op.ASSIGN_WITH, fn: action.assign, params: action.params })
      case 'effect':
        return makeOp({ kind: op.EFFECT, index: codeOf(this.#effects, action.name), params: action.params })
      case 'done':
        return this.#linkDone(action.type, action.output)
      case 'raise': {
        const { event, params } = action
        if (isFunction(event)) return makeOp({ kind: op.RAISE_COMPUTED, fn: event, params })
        return makeOp({ kind: op.RAISE, index: codeOf(this.#signals, event.type), value: event, params })
      }
      case 'start-timer': {
        const { delay: { name, delay }, params } = action
        const index = codeOf(this.#timers, action.timer)
        if (isFunction(delay)) return makeOp({ kind: op.START_TIMER_COMPUTED, index, name, fn: delay, params })
        return makeOp({ kind: op.START_TIMER, index, us: delay, params })
      }
      case 'cancel-timer': {
        const { timer, params } = action
        if (isFunction(timer)) return makeOp({ kind: op.CANCEL_TIMER_COMPUTED, fn: timer, params })
        return makeOp({ kind: op.CANCEL_TIMER, index: codeOf(this.#timers, timer), params })
      }
    }
  }

  #linkDone(type: string, output: unknown): Op {
    const index = codeOf(this.#signals, type)
    if (isFunction(output)) return makeOp({ kind: op.RAISE_DONE, index, name: type, fn: output })
    return makeOp({ kind: op.RAISE, index, value: Object.freeze({ type, output }) })
  }
}

function linkAssign(assignment: Readonly<Record<string, unknown>>, params: unknown): Op {
  const writes = Object.entries(assignment).map(([key, value]): Write => {
    return isFunction(value) ? { key, fn: value, value: undefined } : { key, fn: null, value }
  })
  const [only, second] = writes
  if (only === undefined || second !== undefined) return makeOp({ kind: op.ASSIGN_MANY, writes, params })
  return makeOp({ kind: op.ASSIGN_ONE, name: only.key, fn: only.fn, value: only.value, params })
}

// One literal for all kinds: every op has the same hidden class.
function makeOp(parts: Partial<Op> & { readonly kind: number }): Op {
  const { paramsFn, params } = splitParams(parts.params)
  return {
    kind: parts.kind,
    index: parts.index ?? -1,
    us: parts.us ?? 0,
    name: parts.name ?? '',
    fn: parts.fn ?? null,
    value: parts.value,
    params,
    paramsFn,
    writes: parts.writes ?? [],
  }
}

function linkCall(fn: AuthorFunction, given: unknown): Guard {
  const { paramsFn, params } = splitParams(given)
  return { kind: op.CALL, fn, params, paramsFn, parts: [] }
}

function splitParams(params: unknown): { readonly paramsFn: AuthorFunction | null; readonly params: unknown } {
  return isFunction(params) ? { paramsFn: params, params: undefined } : { paramsFn: null, params }
}

function isRaise({ kind }: Op): boolean {
  return kind === op.RAISE || kind === op.RAISE_COMPUTED || kind === op.RAISE_DONE
}

function isAssign({ kind }: Op): boolean {
  return kind === op.ASSIGN_ONE || kind === op.ASSIGN_MANY || kind === op.ASSIGN_WITH
}

function never(): never {
  throw new Error('a combinator has no function of its own')
}

function codes(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, code) => [name, code]))
}

function codeOf(known: ReadonlyMap<string, number>, name: string): number {
  const code = known.get(name)
  if (code === undefined) throw new Error(`the plan uses "${name}" without naming it`)
  return code
}
