import { defined } from '../base/assert.ts'
import type { Blueprint, BlueprintNode } from '../model/blueprint.ts'
import { topologyOf, type Topology } from '../model/topology.ts'
import { findPattern } from '../patterns/index.ts'

/** When the only order comes. */
export const ORDER_MS = 500

/** The node that answers a node's calls of a type and knows the fault, as those calls find it: policies on the way are passed. */
export function calleeOf(topology: Topology, from: string, requestType: string, fault: string): string | undefined {
  const reached = reachedFrom(topology, [defined(topology.indexOf.get(from), `node ${from}`)], requestType)
  return reached.map((node) => topology.nodes[node]!).find(({ kind }) => {
    const pattern = findPattern(kind)
    return pattern?.role === 'server' && pattern.faults.some(({ type, perCall }) => type === fault && perCall === true)
  })?.id
}

/** The same drawing with one order for a node and nothing else that happens: one client asks once, no faults, nothing by hand. Undefined when no client's calls come there. */
export function withSingleOrder(blueprint: Blueprint, to: string): Blueprint | undefined {
  const topology = topologyOf(blueprint)
  const target = topology.indexOf.get(to)
  if (target === undefined) return undefined
  const sources = topology.nodes.filter(({ kind }) => findPattern(kind)?.role === 'source')
  const ways = sources.flatMap((source) =>
    typesOf(source).flatMap((type) => (reachedFrom(topology, [topology.indexOf.get(source.id)!], type).includes(target) ? [{ source, type }] : [])),
  )
  const [way] = ways
  if (!way) return undefined
  const asks = (node: BlueprintNode): BlueprintNode => ({ ...node, config: node.id === way.source.id ? askingOnce(node, way.type) : silent(node) })
  const nodes = blueprint.nodes.map((node) => (findPattern(node.kind)?.role === 'source' ? asks(node) : node))
  const { lesson: _, ...drawing } = blueprint
  return { ...drawing, nodes, faults: [], interventions: [] }
}

function typesOf({ kind, config }: BlueprintNode): string[] {
  return (findPattern(kind)?.requestTypes?.(config) ?? []).map(({ name }) => name)
}

/** Nodes that calls of a type come to, nearest first. */
function reachedFrom({ edges, requestTypes }: Topology, from: readonly number[], requestType: string): number[] {
  const type = requestTypes.indexOf(requestType)
  const reached = [...from]
  const seen = new Set(reached)
  for (const at of reached) {
    for (const edge of edges) {
      if (edge.from !== at || seen.has(edge.to) || edge.types?.includes(type) === false) continue
      seen.add(edge.to)
      reached.push(edge.to)
    }
  }
  return reached.filter((node) => !from.includes(node))
}

/* What clients are told. Steady load comes on a grid that starts after 0. */

function askingOnce({ config }: BlueprintNode, type: string): Record<string, unknown> {
  const asked = config['requestTypes'] as readonly { name: string }[]
  return {
    ...config, load: 'constant', ratePerSecond: 1_000 / ORDER_MS, sendUntilMs: ORDER_MS, deadlineMs: 0, sessions: 0,
    requestTypes: asked.map(({ name }) => ({ name, share: name === type ? 1 : 0, everyMs: 0 })),
  }
}

function silent({ config }: BlueprintNode): Record<string, unknown> {
  return { ...config, load: 'constant', ratePerSecond: 1, sendUntilMs: 1 }
}
