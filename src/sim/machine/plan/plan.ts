import type { AnyStateMachine } from 'xstate'
import { strongestFirst } from './events.ts'
import { planGuard } from './guards.ts'
import { asBuiltin, insideOf, isFunction, type XMachine, type XNode, type XTransition } from './internals.ts'
import { Names } from './names.ts'
import { NodeActions } from './node-actions.ts'
import { rejectAt } from './reject.ts'
import { checkNode, doneType, isTopLevelFinal, pathTo, planInitial, planTransition } from './transitions.ts'
import type { LeafPlan, MachinePlan, TransitionPlan } from './types.ts'

/**
 * Understands a machine: which transitions every leaf considers for every signal, and what each does.
 * `extraSignals` are event types that the machine names nowhere but may get: through a wildcard, or from a computed raise.
 * Throws an error naming machine, state, construct and remedy when the machine needs something that is not simulated.
 */
export function planMachine(machine: AnyStateMachine, extraSignals: readonly string[]): MachinePlan {
  return new Planner(insideOf(machine)).plan(extraSignals)
}

/** Passes of one macrostep that a machine may make when it sets no `options.maxIterations`. */
const PASS_LIMIT = 10_000

class Planner {
  readonly #machine: XMachine
  readonly #names = new Names()
  readonly #actionsOf: NodeActions
  readonly #leaves: readonly XNode[]
  readonly #codeOf: ReadonlyMap<XNode, number>

  constructor(machine: XMachine) {
    this.#machine = machine
    this.#actionsOf = new NodeActions(machine, this.#names)
    const nodes = nodesOf(machine.root)
    for (const node of nodes) checkNode(node, this.#actionsOf.at(node, ''))
    if (nodes.length !== machine.idMap.size) {
      rejectAt(machine.id, 'states')('two states have the same id', 'give each its own')
    }
    this.#leaves = nodes.filter(node => node.type !== 'compound')
    this.#codeOf = new Map(this.#leaves.map((leaf, code) => [leaf, code]))
    for (const node of nodes) this.#name(node)
  }

  plan(extraSignals: readonly string[]): MachinePlan {
    const { id, root, options } = this.#machine
    const initial = planInitial(root, { actionsOf: this.#actionsOf, codeOf: this.#codeOf, reject: rejectAt(id, 'root') })
    // All transitions first: only then are all signals known that wildcards may take.
    const planned = this.#leaves.map(leaf => this.#planTransitions(leaf))
    this.#names.checkCancels()
    for (const type of extraSignals) this.#names.addSignal(type)
    return {
      id,
      initial,
      leaves: this.#leaves.map((leaf, code) => this.#planLeaf(leaf, planned[code] ?? new Map())),
      signals: [...this.#names.signals],
      effects: [...new Set([...this.#names.effects, ...this.#declaredEffects()])],
      timers: this.#names.timers,
      passLimit: Number.isFinite(options.maxIterations) ? options.maxIterations : PASS_LIMIT,
      createContext: contextFactory(this.#machine.config.context),
    }
  }

  /** Also what no transition reaches is named and checked. */
  #name(node: XNode): void {
    this.#actionsOf.entry(node)
    this.#actionsOf.exit(node)
    if (node.type === 'compound') this.#actionsOf.initial(node)
    for (const descriptor of node.transitions.keys()) this.#names.addSignal(descriptor)
    if (node.type === 'final' && !isTopLevelFinal(node) && node.parent) this.#names.addSignal(doneType(node.parent))
  }

  #planTransitions(leaf: XNode): Map<XTransition, TransitionPlan> {
    const planned = new Map<XTransition, TransitionPlan>()
    for (const node of pathTo(leaf, undefined)) {
      for (const transition of [...[...node.transitions.values()].flat(), ...(node.always ?? [])]) {
        planned.set(transition, this.#planOne(leaf, transition))
      }
    }
    return planned
  }

  #planOne(leaf: XNode, transition: XTransition): TransitionPlan {
    const { source, eventType, guard } = transition
    const reject = this.#actionsOf.at(source, eventType === '' ? 'always' : `on "${eventType}"`)
    const asked = guard === undefined ? undefined : planGuard(this.#machine, guard, reject)
    return planTransition(leaf, transition, asked, { actionsOf: this.#actionsOf, codeOf: this.#codeOf, reject })
  }

  #planLeaf(leaf: XNode, planned: ReadonlyMap<XTransition, TransitionPlan>): LeafPlan {
    const plansOf = (transitions: readonly XTransition[]) =>
      transitions.flatMap(transition => planned.get(transition) ?? [])
    const upwards = pathTo(leaf, undefined).toReversed()
    const on = new Map<string, readonly TransitionPlan[]>()
    for (const type of this.#names.signals) {
      const candidates = plansOf(upwards.flatMap(node => candidatesOf(node, type)))
      if (candidates.length > 0) on.set(type, candidates)
    }
    const always = plansOf(upwards.flatMap(node => node.always ?? []))
    return { path: leaf.path.join('.'), isFinal: isTopLevelFinal(leaf), on, always }
  }

  #declaredEffects(): string[] {
    const declared = Object.entries(this.#machine.implementations.actions)
    return declared.filter(([, implementation]) => asBuiltin(implementation) === undefined).map(([name]) => name)
  }
}

function nodesOf(node: XNode): XNode[] {
  return [node, ...Object.values(node.states).flatMap(child => nodesOf(child))]
}

function candidatesOf(node: XNode, type: string): XTransition[] {
  return strongestFirst(node.transitions.keys(), type).flatMap(descriptor => node.transitions.get(descriptor) ?? [])
}

/** Every instance owns its context object; what its properties hold is never written into, so it may be shared. */
function contextFactory(context: unknown): (input: unknown) => Record<string, unknown> {
  if (isFunction(context)) return input => ({ ...asObject(context({ input, spawn: refuseSpawn }, undefined)) })
  return () => ({ ...asObject(context) })
}

function asObject(context: unknown): object {
  return typeof context === 'object' && context !== null ? context : {}
}

function refuseSpawn(): never {
  throw new Error('spawn() is not supported in a simulated machine: the kernel owns children')
}
