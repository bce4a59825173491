import type { Transition } from '../../../trace/facts.ts'

interface Span {
  fromUs: number
  toUs: number
}

/** When which node was trying its luck, read off the changes of state. */
export interface ProbeTimes {
  isProbing(node: string, atUs: number): boolean
}

/**
 * Reads all changes of state once. `isTrial` tells which states are trials (half-open). A call at the very instant of the
 * change into a trial belongs to it; one at the instant of the change out of it does too, as the change is its consequence.
 */
export function readProbeTimes(transitions: readonly Transition[], isTrial: (node: string, state: string) => boolean): ProbeTimes {
  const spans = new Map<string, Span[]>()
  for (const { node, from, to, atUs } of transitions) {
    const known = spans.get(node)
    if (isTrial(node, from)) {
      const open = known?.at(-1)
      if (open) open.toUs = atUs
      else spans.set(node, [{ fromUs: 0, toUs: atUs }])
    }
    if (isTrial(node, to)) {
      const list = spans.get(node) ?? []
      list.push({ fromUs: atUs, toUs: Infinity })
      spans.set(node, list)
    }
  }
  return {
    isProbing: (node, atUs) => spans.get(node)?.some(({ fromUs, toUs }) => atUs >= fromUs && atUs <= toUs) ?? false,
  }
}
