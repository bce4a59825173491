import { Graph, layout } from '@dagrejs/dagre'
import type { Blueprint } from './blueprint.ts'
import { GRID } from './grid.ts'

const CARD = { width: 200, height: 150 }

/**
 * A tidy place for every node: callers left, what they call right, few crossings. The same drawing gets the same places.
 * @param sizeOf a node's size where it is known, in pixels at zoom 1. Default 200 × 150.
 */
export function arranged(
  { nodes, edges }: Pick<Blueprint, 'nodes' | 'edges'>,
  sizeOf: (id: string) => { width: number; height: number } | undefined = () => undefined,
): Record<string, { x: number; y: number }> {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', ranksep: GRID.column - CARD.width + 16, nodesep: GRID.row - CARD.height, marginx: 0, marginy: 0 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of nodes) graph.setNode(id, { ...(sizeOf(id) ?? CARD) })
  for (const { id, from, to } of edges) graph.setEdge(from, to, {}, id)
  layout(graph)
  const places = nodes.map(({ id }) => {
    const node: { x: number; y: number; width: number; height: number } = graph.node(id)
    return [id, { x: Math.round(node.x - node.width / 2), y: Math.round(node.y - node.height / 2) }] as const
  })
  return Object.fromEntries(places)
}
