import { EDGES_MAX, NODES_MAX, REQUEST_TYPES_MAX, type Blueprint, type BlueprintEdge, type BlueprintNode } from '../../model/blueprint.ts'
import { collectRequestTypes } from '../../model/request-types.ts'
import { findPattern } from '../../patterns/index.ts'
import { ORDINARY } from '../../patterns/reshapings.ts'
import type { Command } from '../commands.ts'

/** A drawing redrawn, the node to look at then, and what is worth a word; or why it cannot be. */
export type Reshaped = { why: string } | { command: Command; main: string; said?: string }

/** What a drawing redrawn would have too much of, as a sentence. */
export function tooMuch({ nodes, edges }: Pick<Blueprint, 'nodes' | 'edges'>): string | undefined {
  if (nodes.length > NODES_MAX) return `A drawing has at most ${NODES_MAX} nodes.`
  if (edges.length > EDGES_MAX) return `A drawing has at most ${EDGES_MAX} lines.`
  return collectRequestTypes(nodes).length > REQUEST_TYPES_MAX ? `A drawing has at most ${REQUEST_TYPES_MAX} request types.` : undefined
}

/** Whether a reshaping was possible. */
export function isPossible<T extends object>(result: { why: string } | T): result is T {
  return !('why' in result)
}

export function isPolicy(node: BlueprintNode | undefined): boolean {
  return findPattern(node?.kind ?? '')?.role === 'policy'
}

export function isSource(node: BlueprintNode | undefined): boolean {
  return findPattern(node?.kind ?? '')?.role === 'source'
}

export function isOrdinary(node: BlueprintNode | undefined): boolean {
  return node !== undefined && ORDINARY.has(node.kind)
}

export function nodesById({ nodes }: Blueprint): Map<string, BlueprintNode> {
  return new Map(nodes.map((node) => [node.id, node]))
}

/** Where a call ends that starts with an edge: the first node that is no policy; undefined when the last policy leads nowhere. */
export function endOf(blueprint: Blueprint, edge: BlueprintEdge): BlueprintNode | undefined {
  const nodes = nodesById(blueprint)
  let at: BlueprintEdge | undefined = edge
  while (at && isPolicy(nodes.get(at.to))) at = edgeFrom(blueprint, at.to)
  return at && nodes.get(at.to)
}

/** The call that an edge is part of: its first edge; undefined when several share the policies before it. */
export function startOf(blueprint: Blueprint, edge: BlueprintEdge): BlueprintEdge | undefined {
  const nodes = nodesById(blueprint)
  let at = edge
  while (isPolicy(nodes.get(at.from))) {
    const before = blueprint.edges.filter(({ to }) => to === at.from)
    if (before.length !== 1 || !before[0]) return undefined
    at = before[0]
  }
  return at
}

/** All edges on the ways that lead on from some nodes. */
export function edgesBeyond({ edges }: Blueprint, from: Iterable<string>): Set<string> {
  const reached = new Set(from)
  for (const id of reached) for (const edge of edges) if (edge.from === id) reached.add(edge.to)
  return new Set(edges.flatMap(({ id, from: start }) => (reached.has(start) ? [id] : [])))
}

/** An edge that lets `types` through too, if it lets only some through and any of `beside` is among them. */
export function widened(edge: BlueprintEdge, types: readonly string[], beside: readonly string[]): BlueprintEdge {
  const { requestTypes } = edge
  if (!requestTypes || !beside.some((type) => requestTypes.includes(type))) return edge
  return { ...edge, requestTypes: [...new Set([...requestTypes, ...types])].slice(0, TYPES_PER_EDGE_MAX) }
}

export const TYPES_PER_EDGE_MAX = 50

function edgeFrom({ edges }: Blueprint, id: string): BlueprintEdge | undefined {
  return edges.find(({ from }) => from === id)
}
