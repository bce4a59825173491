import { defined } from '../base/assert.ts'
import { msToUs } from '../base/time.ts'
import { findPattern } from '../patterns/index.ts'
import type { NodeSetup } from '../patterns/pattern.ts'
import { findRuntime } from '../patterns/runtimes.ts'
import type { EngineInput, NodeInput } from '../sim/contract.ts'
import type { EdgeInput, FaultInput, SignalInput } from '../sim/input.ts'
import type { Blueprint, BlueprintFault, BlueprintNode, Intervention } from './blueprint.ts'
import { topologyOf } from './topology.ts'

/** The engine's input and the way back from its numbers to the drawing. */
export interface Compiled {
  input: EngineInput
  /** Node ids by engine index; bypassed nodes are not in it. */
  nodeIds: readonly string[]
  /** Their kinds. */
  nodeKinds: readonly string[]
  /** Drawn edges by engine index: one, or several where a bypassed node stands between. */
  edgePaths: readonly (readonly string[])[]
  requestTypes: readonly string[]
}

/** Turns a checked blueprint into what the engine runs. Pure: same blueprint, same input. */
export function compileBlueprint(blueprint: Blueprint): Compiled {
  const { nodes, indexOf, edges, edgePaths, requestTypes } = topologyOf(blueprint)
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
  return { input, nodeIds: nodes.map(({ id }) => id), nodeKinds: nodes.map(({ kind }) => kind), edgePaths, requestTypes }
}

/** The engine's edges out of a node and who they lead to. */
function waysOut(node: number, edges: readonly EdgeInput[], nodes: readonly BlueprintNode[]): NodeSetup['out'] {
  return edges.flatMap(({ from, to, types }, edge) => (from === node ? [{ edge, to: nodes[to]!.id, kind: nodes[to]!.kind, types }] : []))
}

function toNodeInput(node: BlueprintNode, requestTypes: readonly string[], out: NodeSetup['out']): NodeInput {
  const runtime = defined(findRuntime(node.kind), `kind ${node.kind}`)
  const setup = { id: node.id, requestTypes, out }
  return { id: node.id, create: (kernel, index) => runtime.create(node.config, setup, kernel, index) }
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
