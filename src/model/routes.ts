import type { Blueprint } from './blueprint.ts'
import { topologyOf } from './topology.ts'

/** Names of the request types that can come to a node on their way through the drawing. */
export function typesThrough(blueprint: Blueprint, node: string): string[] {
  const drawn = { ...blueprint, nodes: blueprint.nodes.map((each) => ({ ...each, bypassed: false })) }
  const { edges, nodes, requestTypes } = topologyOf(drawn)
  const nodeIds = nodes.map(({ id }) => id)
  const called = new Set(edges.map((edge) => edge.to))
  const target = nodeIds.indexOf(node)
  return requestTypes.filter((_, type) => {
    const reached = nodeIds.flatMap((__, index) => (called.has(index) ? [] : [index]))
    const seen = new Set(reached)
    for (const from of reached) {
      for (const edge of edges) {
        if (edge.from !== from || seen.has(edge.to) || edge.types?.includes(type) === false) continue
        seen.add(edge.to)
        reached.push(edge.to)
      }
    }
    return seen.has(target)
  })
}
