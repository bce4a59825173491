import type { Transition } from '../../trace/facts.ts'

/** A node's changes of state up to a moment, newest first, at most `max`. */
export function pastTransitions(transitions: readonly Transition[], node: string, nowUs: number, max: number): Transition[] {
  const found: Transition[] = []
  for (let index = transitions.length - 1; index >= 0 && found.length < max; index -= 1) {
    const transition = transitions[index]
    if (transition?.node === node && transition.atUs <= nowUs) found.push(transition)
  }
  return found
}

/** Index in `transitions` of the node's last change up to a moment; −1 when it never changed. Tells cheaply whether the past grew. */
export function lastChange(transitions: readonly Transition[], node: string, nowUs: number): number {
  return transitions.findLastIndex((transition) => transition.node === node && transition.atUs <= nowUs)
}
