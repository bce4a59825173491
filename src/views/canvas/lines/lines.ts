import type { Blueprint, BlueprintEdge } from '../../../model/blueprint.ts'
import { collectOwnTypes } from '../../../model/request-types.ts'

/** A way that calls take, as drawn: one edge, or several where bypassed nodes are gone past. */
export interface Line {
  /** The same for the same edges: see {@link lineId}. */
  id: string
  from: string
  to: string
  /** Bypassed nodes it goes past. */
  past: readonly string[]
  /** Clients' request types it is reserved for, for its label; empty: all, or only what nodes ask on their own account. */
  types: readonly string[]
}

/** The line that an engine edge runs along, from the drawn edges it consists of. */
export function lineId(edgePath: readonly string[]): string {
  // Edge ids hold no '>', so no two paths share an id.
  return edgePath.join('>')
}

/** Every line of a blueprint, each ending at nodes that take part. */
export function linesOf(blueprint: Blueprint): Line[] {
  const bypassed = new Set(blueprint.nodes.filter((node) => node.bypassed).map((node) => node.id))
  const own = new Set(collectOwnTypes(blueprint.nodes))
  return blueprint.nodes
    .filter((node) => !node.bypassed)
    .flatMap((node) => pathsFrom(node.id, blueprint.edges, bypassed))
    .map((path) => toLine(path, own))
}

/** Edges at bypassed nodes: drawn faint, nothing moves on them. */
export function ghostEdgesOf(blueprint: Blueprint): BlueprintEdge[] {
  const bypassed = new Set(blueprint.nodes.filter((node) => node.bypassed).map((node) => node.id))
  return blueprint.edges.filter((edge) => bypassed.has(edge.from) || bypassed.has(edge.to))
}

function pathsFrom(id: string, edges: readonly BlueprintEdge[], bypassed: ReadonlySet<string>): BlueprintEdge[][] {
  return edges
    .filter((edge) => edge.from === id)
    .flatMap((edge) => (bypassed.has(edge.to) ? pathsFrom(edge.to, edges, bypassed).map((rest) => [edge, ...rest]) : [[edge]]))
}

function toLine(path: readonly BlueprintEdge[], own: ReadonlySet<string>): Line {
  const lists = path.flatMap((edge) => (edge.requestTypes ? [edge.requestTypes] : []))
  const [first, ...rest] = lists
  return {
    id: lineId(path.map((edge) => edge.id)),
    from: path[0]?.from ?? '',
    to: path.at(-1)?.to ?? '',
    past: path.slice(0, -1).map((edge) => edge.to),
    types: (first ?? []).filter((type) => !own.has(type) && rest.every((list) => list.includes(type))),
  }
}
