import type { XNode, XTransition } from './internals.ts'
import type { NodeActions } from './node-actions.ts'
import type { Reject } from './reject.ts'
import type { ActionPlan, GuardPlan, TransitionPlan } from './types.ts'

/** Everything planning one transition needs to know around it. */
export interface Surroundings {
  readonly actionsOf: NodeActions
  readonly codeOf: ReadonlyMap<XNode, number>
  readonly reject: Reject
}

/** What a transition does when taken in `leaf`: which states it leaves and enters, in XState's order. */
export function planTransition(
  leaf: XNode,
  transition: XTransition,
  guard: GuardPlan | undefined,
  around: Surroundings,
): TransitionPlan {
  const actions = around.actionsOf.transition(transition)
  const common = { depth: transition.source.path.length, descriptor: transition.eventType, guard, actions }
  const target = targetOf(transition, around.reject)
  if (target === undefined) {
    const isForbidden = actions.length === 0
    return { ...common, exit: [], entry: [], target: codeOf(leaf, around), isForbidden, finishes: false }
  }
  const domain = domainOf(transition, target, around.reject)
  const exited = pathTo(leaf, domain).toReversed()
  const { entry, end, finishes } = planEntry(pathTo(target, domain), target, around)
  return {
    ...common,
    exit: exited.flatMap(node => around.actionsOf.exit(node)),
    entry,
    target: codeOf(end, around),
    isForbidden: false,
    finishes,
  }
}

/** What starting the machine does. */
export function planInitial(root: XNode, around: Surroundings): TransitionPlan {
  const { entry, end, finishes } = planEntry([root], root, around)
  const target = codeOf(end, around)
  return { depth: 0, descriptor: '', guard: undefined, exit: [], actions: [], entry, target, isForbidden: false, finishes }
}

interface Entry {
  readonly entry: readonly ActionPlan[]
  readonly end: XNode
  readonly finishes: boolean
}

/**
 * Enters `path`, then goes down from `target` by the initial states. Only `target` and below run initial actions; a target that
 * stays active (its own source, without `reenter`) is not on the path.
 */
function planEntry(path: readonly XNode[], target: XNode, around: Surroundings): Entry {
  const entry: ActionPlan[] = path.flatMap(node => around.actionsOf.entry(node))
  if (path.includes(target)) entry.push(...around.actionsOf.initial(target))
  let end = target
  while (end.type === 'compound') {
    end = initialOf(end, around.reject)
    entry.push(...around.actionsOf.entry(end), ...around.actionsOf.initial(end))
  }
  const isEntered = end !== target || path.includes(target)
  if (end.type !== 'final' || !isEntered) return { entry, end, finishes: false }
  return { entry: [...entry, ...planCompletion(end, around)], end, finishes: isTopLevelFinal(end) }
}

/** Entering a final state tells its parent; when the parent is the root, the machine ends by leaving every state. */
function planCompletion(final: XNode, around: Surroundings): ActionPlan[] {
  if (!isTopLevelFinal(final) && final.parent !== undefined) {
    return [{ kind: 'done', type: doneType(final.parent), output: final.output }]
  }
  return pathTo(final, undefined)
    .toReversed()
    .flatMap(node => around.actionsOf.exit(node))
}

/** A final state whose parent is the root (or that is the root) ends the machine. */
export function isTopLevelFinal(node: XNode): boolean {
  return node.type === 'final' && node.parent?.parent === undefined
}

/** The type of the event that tells `node` that a final child was entered. */
export function doneType(node: XNode): string {
  return `xstate.done.state.${node.id}`
}

/** From just below `ancestor` (from the root when undefined) down to `node`; empty when they are the same. */
export function pathTo(node: XNode, ancestor: XNode | undefined): XNode[] {
  const path: XNode[] = []
  for (let step: XNode | undefined = node; step !== undefined && step !== ancestor; step = step.parent) path.push(step)
  return path.toReversed()
}

/** The state that stays: everything below it is left. */
function domainOf({ source, reenter }: XTransition, target: XNode, reject: Reject): XNode {
  if (!reenter && (target === source || isBelow(target, source))) return source
  let domain = target.parent
  while (domain !== undefined && !isBelow(source, domain)) domain = domain.parent
  return domain ?? reject('a transition enters the root state again', 'target one of its children')
}

function isBelow(node: XNode, ancestor: XNode): boolean {
  return node !== ancestor && pathTo(node, undefined).includes(ancestor)
}

function targetOf(transition: XTransition, reject: Reject): XNode | undefined {
  const [target, second] = transition.target ?? []
  if (second !== undefined) reject('a transition has several targets', 'target one state')
  return target
}

function initialOf(node: XNode, reject: Reject): XNode {
  const [initial] = node.initial.target
  return initial ?? reject(`state "${node.id}" has no initial state`, 'give it one')
}

function codeOf(leaf: XNode, around: Surroundings): number {
  return around.codeOf.get(leaf) ?? around.reject(`"${leaf.id}" is no leaf`, 'target a state that can be active')
}

/** Refuses kinds of states that cannot be simulated. */
export function checkNode(node: XNode, reject: Reject): void {
  if (node.type === 'parallel') reject('parallel states are not supported', 'use one machine per region')
  if (node.type === 'history') reject('history states are not supported', 'keep what to return to in the context')
  if (node.invoke.length > 0) reject('invoke is not supported', 'let the kernel own children; use an effect')
  if (node.type === 'final' && Object.keys(node.states).length > 0) reject('a final state has children', 'remove them')
}
