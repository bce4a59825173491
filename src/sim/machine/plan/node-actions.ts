import { planAction } from './actions.ts'
import type { XMachine, XNode, XTransition } from './internals.ts'
import type { Names } from './names.ts'
import { rejectAt, type Reject } from './reject.ts'
import type { ActionPlan } from './types.ts'

/** The plans of a machine's action lists, each made once however many leaves share it. */
export class NodeActions {
  readonly #machine: XMachine
  readonly #names: Names
  readonly #planned = new Map<readonly unknown[], readonly ActionPlan[]>()

  constructor(machine: XMachine, names: Names) {
    this.#machine = machine
    this.#names = names
  }

  entry(node: XNode): readonly ActionPlan[] {
    return this.#plan(node.entry, this.at(node, 'entry'))
  }

  exit(node: XNode): readonly ActionPlan[] {
    return this.#plan(node.exit, this.at(node, 'exit'))
  }

  /** The actions of `initial: { target, actions }`. */
  initial(node: XNode): readonly ActionPlan[] {
    return this.#plan(node.initial.actions, this.at(node, 'initial'))
  }

  transition(transition: XTransition): readonly ActionPlan[] {
    return this.#plan(transition.actions, this.at(transition.source, `on "${transition.eventType}"`))
  }

  /** Refuses things of `node`; `part` says what of it. */
  at(node: XNode, part: string): Reject {
    const path = node.path.join('.')
    return rejectAt(this.#machine.id, `${path === '' ? 'root' : `state "${path}"`}${part === '' ? '' : `, ${part}`}`)
  }

  #plan(actions: readonly unknown[], reject: Reject): readonly ActionPlan[] {
    const known = this.#planned.get(actions)
    if (known !== undefined) return known
    const planned = actions.map(action => planAction(this.#machine, action, this.#names, reject))
    this.#planned.set(actions, planned)
    return planned
  }
}
