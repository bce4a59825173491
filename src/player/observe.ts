import { defined } from '../base/assert.ts'
import type { Blueprint } from '../model/blueprint.ts'
import type { Compiled } from '../model/compile.ts'
import type { ObserverSetup } from '../patterns/pattern.ts'
import { findRuntime } from '../patterns/runtimes.ts'
import { Observers } from '../trace/observers.ts'

/** What observers of a run are told, by node. Whoever is given the same ones knows what the observers know. */
export function observerSetups(blueprint: Blueprint, compiled: Compiled, bucketUs: number): ObserverSetup<unknown>[] {
  const drawn = new Map(blueprint.nodes.map((node) => [node.id, node]))
  const nodes = compiled.nodeIds.map((id) => defined(drawn.get(id), `node ${id}`))
  const { nodeIds, requestTypes, input } = compiled
  return nodes.map(({ config }, node) => ({ config, node, nodeIds, requestTypes, nodes, edges: input.edges, bucketUs }))
}

/** The observers that a blueprint's kinds want. */
export function createObservers(blueprint: Blueprint, compiled: Compiled, bucketUs: number): Observers {
  return observersOf(observerSetups(blueprint, compiled, bucketUs))
}

/** As {@link createObservers}, from what they are told. */
export function observersOf(setups: readonly ObserverSetup<unknown>[]): Observers {
  return new Observers(setups.map((setup) => findRuntime(defined(setup.nodes[setup.node], 'an observed node').kind)?.observe?.(setup)))
}
