import { defined } from '../base/assert.ts'
import type { EdgeInput } from '../sim/input.ts'
import type { Blueprint, BlueprintEdge, BlueprintNode } from './blueprint.ts'
import { collectRequestTypes } from './request-types.ts'

/** Who can call whom in a run of a blueprint, in the numbers that the engine uses. */
export interface Topology {
  /** By engine index; bypassed nodes are not among them. */
  nodes: readonly BlueprintNode[]
  indexOf: ReadonlyMap<string, number>
  edges: readonly EdgeInput[]
  /** Drawn edges by engine index: one, or several where a bypassed node stands between. */
  edgePaths: readonly (readonly string[])[]
  requestTypes: readonly string[]
}

/** Reads a checked drawing. Pure: same blueprint, same topology. */
export function topologyOf(blueprint: Blueprint): Topology {
  const nodes = blueprint.nodes.filter((node) => !node.bypassed)
  const indexOf = new Map(nodes.map((node, index) => [node.id, index]))
  const requestTypes = collectRequestTypes(nodes)
  const paths = nodes.flatMap((node) => pathsFrom(node.id, blueprint))
  const edges = paths.map((path) => toEdgeInput(path, indexOf, requestTypes))
  return { nodes, indexOf, edges, edgePaths: paths.map((path) => path.map((edge) => edge.id)), requestTypes }
}

/** Edges out of a node, each followed through bypassed nodes to the next one that takes part. */
function pathsFrom(id: string, blueprint: Blueprint): BlueprintEdge[][] {
  const bypassed = new Set(blueprint.nodes.filter((node) => node.bypassed).map((node) => node.id))
  return blueprint.edges
    .filter((edge) => edge.from === id)
    .flatMap((edge) => (bypassed.has(edge.to) ? pathsFrom(edge.to, blueprint).map((rest) => [edge, ...rest]) : [[edge]]))
}

/** A path over bypassed nodes behaves as its first edge, so that switching a policy off moves nobody's luck. */
function toEdgeInput(path: readonly BlueprintEdge[], indexOf: ReadonlyMap<string, number>, requestTypes: readonly string[]): EdgeInput {
  const first = defined(path[0], 'the first edge of a path')
  const last = defined(path[path.length - 1], 'the last edge of a path')
  const allowed = path.flatMap((edge) => (edge.requestTypes ? [edge.requestTypes] : []))
  return {
    id: first.id,
    from: defined(indexOf.get(first.from), `node ${first.from}`),
    to: defined(indexOf.get(last.to), `node ${last.to}`),
    latency: first.latency ?? { type: 'constant', ms: 0 },
    lossPercent: first.lossPercent,
    duplicatePercent: first.duplicatePercent,
    reorderPercent: first.reorderPercent,
    reorderByMs: first.reorderByMs,
    types: allowed.length === 0 ? undefined : requestTypes.flatMap((name, index) => (allowed.every((list) => list.includes(name)) ? [index] : [])),
  }
}
