import { defined } from '../base/assert.ts'
import { msToUs } from '../base/time.ts'
import { findPattern } from '../patterns/index.ts'
import type { EngineInput, NodeInput } from '../sim/contract.ts'
import type { EdgeInput, FaultInput, SignalInput } from '../sim/input.ts'
import type { Blueprint, BlueprintEdge, BlueprintNode, Intervention } from './blueprint.ts'

/** The engine's input and the way back from its numbers to the drawing. */
export interface Compiled {
  input: EngineInput
  /** Node ids by engine index; bypassed nodes are not in it. */
  nodeIds: readonly string[]
  /** Drawn edges by engine index: one, or several where a bypassed node stands between. */
  edgePaths: readonly (readonly string[])[]
  requestTypes: readonly string[]
}

/** Turns a checked blueprint into what the engine runs. Pure: same blueprint, same input. */
export function compileBlueprint(blueprint: Blueprint): Compiled {
  const nodes = blueprint.nodes.filter((node) => !node.bypassed)
  const indexOf = new Map(nodes.map((node, index) => [node.id, index]))
  const requestTypes = collectRequestTypes(nodes)
  const paths = nodes.flatMap((node) => pathsFrom(node.id, blueprint))
  const edges = paths.map((path) => toEdgeInput(path, indexOf, requestTypes))
  const input: EngineInput = {
    seed: blueprint.seed,
    nodes: nodes.map((node) => toNodeInput(node, requestTypes)),
    edges,
    requestTypes,
    script: [
      ...blueprint.faults.flatMap((fault) => {
        const toUs = fault.toMs === undefined ? Infinity : msToUs(fault.toMs)
        return toFault(fault, msToUs(fault.fromMs), toUs, nodes, indexOf)
      }),
      ...blueprint.interventions.flatMap((entry) => toScript(entry, nodes, indexOf)),
    ],
  }
  return { input, nodeIds: nodes.map((node) => node.id), edgePaths: paths.map((path) => path.map((edge) => edge.id)), requestTypes }
}

/** Every request type any client sends, in drawing order. */
export function collectRequestTypes(nodes: readonly BlueprintNode[]): string[] {
  const names = new Set<string>()
  for (const node of nodes) {
    const types = node.config['requestTypes']
    if (Array.isArray(types)) for (const type of types as { name: string }[]) names.add(type.name)
  }
  return names.size === 0 ? ['request'] : [...names]
}

/** Edges out of a node, each followed through bypassed nodes to the next one that takes part. */
function pathsFrom(id: string, blueprint: Blueprint): BlueprintEdge[][] {
  const bypassed = new Set(blueprint.nodes.filter((node) => node.bypassed).map((node) => node.id))
  return blueprint.edges
    .filter((edge) => edge.from === id)
    .flatMap((edge) => (bypassed.has(edge.to) ? pathsFrom(edge.to, blueprint).map((rest) => [edge, ...rest]) : [[edge]]))
}

function toNodeInput(node: BlueprintNode, requestTypes: readonly string[]): NodeInput {
  const pattern = defined(findPattern(node.kind), `kind ${node.kind}`)
  const setup = { id: node.id, requestTypes }
  return { id: node.id, create: (kernel, index) => pattern.create(node.config, setup, kernel, index) }
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

function toScript(entry: Intervention, nodes: readonly BlueprintNode[], indexOf: ReadonlyMap<string, number>): (FaultInput | SignalInput)[] {
  const atUs = msToUs(entry.atMs)
  if (entry.what === 'fault') return toFault(entry, atUs, atUs + msToUs(entry.forMs), nodes, indexOf)
  const node = indexOf.get(entry.node)
  return node === undefined ? [] : [{ what: 'signal', node, atUs, signal: entry.signal as { type: string } }]
}

/** A fault of a bypassed node happens to nobody. */
function toFault(
  fault: { node: string; type: string; strength?: number | undefined },
  fromUs: number,
  toUs: number,
  nodes: readonly BlueprintNode[],
  indexOf: ReadonlyMap<string, number>,
): FaultInput[] {
  const node = indexOf.get(fault.node)
  if (node === undefined) return []
  const specs = findPattern(nodes[node]?.kind ?? '')?.faults ?? []
  const type = specs.findIndex((spec) => spec.type === fault.type)
  return [{ what: 'fault', node, type, fromUs, toUs, strength: fault.strength ?? specs[type]?.strength?.default ?? 1 }]
}
