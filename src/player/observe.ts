import { defined } from '../base/assert.ts'
import type { Blueprint } from '../model/blueprint.ts'
import type { Compiled } from '../model/compile.ts'
import { findRuntime } from '../patterns/runtimes.ts'
import { Observers } from '../trace/observers.ts'

/** The observers that a blueprint's kinds want. */
export function createObservers(blueprint: Blueprint, compiled: Compiled, bucketUs: number): Observers {
  const drawn = new Map(blueprint.nodes.map((node) => [node.id, node]))
  const nodes = compiled.nodeIds.map((id) => defined(drawn.get(id), `node ${id}`))
  const { nodeIds, requestTypes, input } = compiled
  return new Observers(
    nodes.map(({ kind, config }, node) => findRuntime(kind)?.observe?.({ config, node, nodeIds, requestTypes, nodes, edges: input.edges, bucketUs })),
  )
}
