import { continues } from '../../trace/continues.ts'
import type { Transition } from '../../trace/facts.ts'

/**
 * The changes of state of a few nodes, out of all. The answer keeps its identity until there is another one among them:
 * busy services change state all the time, and what they do must not draw the lanes of others anew.
 */
export class TransitionFilter {
  readonly #nodes: ReadonlySet<string>
  #seen: readonly Transition[] = []
  #kept: readonly Transition[] = []

  constructor(nodes: Iterable<string>) {
    this.#nodes = new Set(nodes)
  }

  pick(transitions: readonly Transition[]): readonly Transition[] {
    if (transitions === this.#seen) return this.#kept
    const goesOn = continues(this.#seen, transitions)
    const fresh = (goesOn ? transitions.slice(this.#seen.length) : transitions).filter(({ node }) => this.#nodes.has(node))
    this.#seen = transitions
    if (!goesOn) this.#kept = fresh
    else if (fresh.length > 0) this.#kept = [...this.#kept, ...fresh]
    return this.#kept
  }
}
