import type { Blueprint, BlueprintFault, BlueprintNode } from '../model/blueprint.ts'
import { topologyOf } from '../model/topology.ts'
import type { Breakage, Experiments } from '../patterns/experiments.ts'
import { findPattern } from '../patterns/index.ts'
import { calleeOf, withSingleOrder } from './single-order.ts'

/** A cell of the fault matrix: an ordinary blueprint in which one order meets one mishap, or why there is none. */
export type MatrixCell = { blueprint: Blueprint; cause: string; struckType: string } | { reason: string }

/** Every step of a node's work, and everything that can happen to it. */
export interface FaultMatrix {
  node: string
  mishaps: Experiments['mishaps']
  rows: readonly { step: string; cells: readonly MatrixCell[] }[]
}

/** Nodes that the lab has experiments for. */
export function labNodes({ nodes }: Blueprint): BlueprintNode[] {
  return nodes.filter(({ kind, bypassed }) => !bypassed && findPattern(kind)?.experiments !== undefined)
}

/** The fault matrix of a node that {@link labNodes} names. Cells are planned here and run elsewhere. */
export function faultMatrix(blueprint: Blueprint, node: string): FaultMatrix {
  const { kind, config } = blueprint.nodes.find(({ id }) => id === node)!
  const experiments = findPattern(kind)!.experiments!
  const calm = withSingleOrder(blueprint, node)
  const durationMs = experiments.spanMs(config)
  const rows = experiments.matrix(config).map(({ step, cells }) => ({
    step,
    cells: cells.map((cell, column): MatrixCell => {
      if (!calm) return { reason: 'No client sends it an order.' }
      if (typeof cell === 'string') return { reason: cell }
      return planned({ ...calm, durationMs }, node, cell, `${step}: ${experiments.mishaps[column]!.label.toLowerCase()}`)
    }),
  }))
  return { node, mishaps: experiments.mishaps, rows }
}

function planned(calm: Blueprint, node: string, { faults, cause }: Breakage, name: string): MatrixCell {
  const topology = topologyOf(calm)
  const placed: BlueprintFault[] = []
  for (const { at, ...fault } of faults) {
    const target = at === 'self' ? node : calleeOf(topology, node, fault.requestType, fault.type)
    if (target === undefined) return { reason: `Nobody that can be broken answers ${fault.requestType}.` }
    placed.push({ ...fault, node: target, fromMs: 0 })
  }
  return { blueprint: { ...calm, name: name.slice(0, 120), faults: placed }, cause, struckType: faults[0]!.requestType }
}
