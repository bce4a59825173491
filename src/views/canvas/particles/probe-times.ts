import { continues } from '../../../trace/continues.ts'
import type { Transition } from '../../../trace/facts.ts'

interface Span {
  fromUs: number
  toUs: number
}

/**
 * When which node was trying its luck, read off the changes of state. A call at the very instant of the change into a trial
 * belongs to it; one at the instant of the change out of it does too, as the change is its consequence.
 */
export class ProbeTimes {
  readonly #isTrial: (node: string, state: string) => boolean
  readonly #spans = new Map<string, Span[]>()
  #seen: readonly Transition[] = []

  /** @param isTrial which states are trials (half-open) */
  constructor(isTrial: (node: string, state: string) => boolean) {
    this.#isTrial = isTrial
  }

  /** All changes so far. What it has read of the same run is not read again. */
  read(transitions: readonly Transition[]): this {
    if (!continues(this.#seen, transitions)) {
      this.#spans.clear()
      this.#seen = []
    }
    for (let at = this.#seen.length; at < transitions.length; at += 1) this.#add(transitions[at]!)
    this.#seen = transitions
    return this
  }

  isProbing(node: string, atUs: number): boolean {
    const spans = this.#spans.get(node) ?? []
    // What is in the air left a moment ago: the last spans are the ones asked for.
    for (let at = spans.length - 1; at >= 0 && spans[at]!.toUs >= atUs; at -= 1) if (atUs >= spans[at]!.fromUs) return true
    return false
  }

  #add({ node, from, to, atUs }: Transition): void {
    if (this.#isTrial(node, from)) this.#end(node, atUs)
    if (this.#isTrial(node, to)) this.#spansOf(node).push({ fromUs: atUs, toUs: Infinity })
  }

  #end(node: string, atUs: number): void {
    const spans = this.#spansOf(node)
    const open = spans.at(-1)
    if (open) open.toUs = atUs
    else spans.push({ fromUs: 0, toUs: atUs })
  }

  #spansOf(node: string): Span[] {
    const known = this.#spans.get(node)
    if (known) return known
    const spans: Span[] = []
    this.#spans.set(node, spans)
    return spans
  }
}
