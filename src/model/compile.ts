import { defined } from '../base/assert.ts'
import { msToUs } from '../base/time.ts'
import { findPattern } from '../patterns/index.ts'
import type { NodeSetup, RequestTypeLook } from '../patterns/pattern.ts'
import type { EngineInput, NodeInput } from '../sim/contract.ts'
import type { EdgeInput, FaultInput, SignalInput } from '../sim/input.ts'
import type { Blueprint, BlueprintEdge, BlueprintFault, BlueprintNode, Intervention } from './blueprint.ts'

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
    nodes: nodes.map((node, index) => toNodeInput(node, requestTypes, waysOut(index, edges, nodes))),
    edges,
    requestTypes,
    script: [
      ...blueprint.faults.flatMap((fault) => {
        const toUs = fault.toMs === undefined ? Infinity : msToUs(fault.toMs)
        return toFault(fault, msToUs(fault.fromMs), toUs, nodes, indexOf, requestTypes)
      }),
      ...blueprint.interventions.flatMap((entry) => toScript(entry, nodes, indexOf, requestTypes)),
    ],
  }
  return { input, nodeIds: nodes.map((node) => node.id), edgePaths: paths.map((path) => path.map((edge) => edge.id)), requestTypes }
}

/** Every request type: what clients send in drawing order, then what other nodes ask for on their own account. */
export function collectRequestTypes(nodes: readonly BlueprintNode[]): string[] {
  const names = new Set(collectClientTypes(nodes))
  for (const { kind, config } of nodes) for (const { name } of findPattern(kind)?.requestTypes?.(config) ?? []) names.add(name)
  return [...names]
}

/** Every request type any client sends, in drawing order; these come first among all. */
export function collectClientTypes(nodes: readonly BlueprintNode[]): string[] {
  const sources = nodes.filter(({ kind }) => findPattern(kind)?.role === 'source')
  const names = new Set(sources.flatMap(({ kind, config }) => findPattern(kind)?.requestTypes?.(config) ?? []).map(({ name }) => name))
  return names.size === 0 ? ['request'] : [...names]
}

/** How calls of each type are drawn, type by type. */
export function requestTypeLooks(nodes: readonly BlueprintNode[], requestTypes: readonly string[]): RequestTypeLook[] {
  const looks = new Map(nodes.flatMap(({ kind, config }) => findPattern(kind)?.requestTypes?.(config) ?? []).map(({ name, look }) => [name, look]))
  return requestTypes.map((name) => looks.get(name) ?? 'request')
}

/** The engine's edges out of a node and who they lead to. */
function waysOut(node: number, edges: readonly EdgeInput[], nodes: readonly BlueprintNode[]): NodeSetup['out'] {
  return edges.flatMap(({ from, to, types }, edge) => (from === node ? [{ edge, to: nodes[to]!.id, kind: nodes[to]!.kind, types }] : []))
}

/** Edges out of a node, each followed through bypassed nodes to the next one that takes part. */
function pathsFrom(id: string, blueprint: Blueprint): BlueprintEdge[][] {
  const bypassed = new Set(blueprint.nodes.filter((node) => node.bypassed).map((node) => node.id))
  return blueprint.edges
    .filter((edge) => edge.from === id)
    .flatMap((edge) => (bypassed.has(edge.to) ? pathsFrom(edge.to, blueprint).map((rest) => [edge, ...rest]) : [[edge]]))
}

function toNodeInput(node: BlueprintNode, requestTypes: readonly string[], out: NodeSetup['out']): NodeInput {
  const pattern = defined(findPattern(node.kind), `kind ${node.kind}`)
  const setup = { id: node.id, requestTypes, out }
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

function toScript(
  entry: Intervention,
  nodes: readonly BlueprintNode[],
  indexOf: ReadonlyMap<string, number>,
  requestTypes: readonly string[],
): (FaultInput | SignalInput)[] {
  const atUs = msToUs(entry.atMs)
  if (entry.what === 'fault') return toFault(entry, atUs, atUs + msToUs(entry.forMs), nodes, indexOf, requestTypes)
  const node = indexOf.get(entry.node)
  return node === undefined ? [] : [{ what: 'signal', node, atUs, signal: entry.signal as { type: string } }]
}

/** A fault of a bypassed node, or of calls that nobody makes, happens to nobody. */
function toFault(
  fault: Pick<BlueprintFault, 'node' | 'type' | 'strength' | 'requestType' | 'times'>,
  fromUs: number,
  toUs: number,
  nodes: readonly BlueprintNode[],
  indexOf: ReadonlyMap<string, number>,
  requestTypes: readonly string[],
): FaultInput[] {
  const node = indexOf.get(fault.node)
  const requestType = fault.requestType === undefined ? -1 : requestTypes.indexOf(fault.requestType)
  if (node === undefined || (fault.requestType !== undefined && requestType < 0)) return []
  const specs = findPattern(nodes[node]?.kind ?? '')?.faults ?? []
  const type = specs.findIndex((spec) => spec.type === fault.type)
  const strength = fault.strength ?? specs[type]?.strength?.default ?? 1
  return [{ what: 'fault', node, type, fromUs, toUs, strength, requestType, times: fault.times ?? Infinity }]
}
