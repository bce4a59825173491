import type { Blueprint, BlueprintFault, BlueprintNode } from '../../model/blueprint.ts'
import { problemsOfFault } from '../../model/fault-checks.ts'
import { findPattern } from '../../patterns/index.ts'
import type { FaultSpec } from '../../patterns/pattern.ts'

/** Nodes that something can happen to. */
export function breakable({ nodes }: Blueprint): BlueprintNode[] {
  return nodes.filter(({ kind }) => (findPattern(kind)?.faults ?? []).length > 0)
}

/** The disturbances a node understands. */
export function specsOf(blueprint: Blueprint, node: string): readonly FaultSpec[] {
  return findPattern(blueprint.nodes.find(({ id }) => id === node)?.kind ?? '')?.faults ?? []
}

/** The fault at another node: of the same type where it has that, else of its first. */
export function onNode(blueprint: Blueprint, fault: BlueprintFault, node: string): BlueprintFault {
  const specs = specsOf(blueprint, node)
  const same = specs.find(({ type }) => type === fault.type)
  const moved = { ...fault, node }
  return same ? ofSpec(moved, same, true) : specs[0] ? ofSpec(moved, specs[0], false) : moved
}

/** The fault as another type: with that type's usual strength, and limits only where it has any. */
export function ofType(blueprint: Blueprint, fault: BlueprintFault, type: string): BlueprintFault {
  const spec = specsOf(blueprint, fault.node).find((one) => one.type === type)
  return spec ? ofSpec(fault, spec, spec.type === fault.type) : fault
}

function ofSpec({ strength, requestType, times, ...rest }: BlueprintFault, { type, strength: bounds, perCall }: FaultSpec, keepsStrength: boolean): BlueprintFault {
  const kept = keepsStrength && bounds && strength !== undefined ? Math.min(bounds.max, Math.max(bounds.min, strength)) : bounds?.default
  return { ...rest, type, ...(kept !== undefined && { strength: kept }), ...(perCall && requestType !== undefined && { requestType }), ...(perCall && times !== undefined && { times }) }
}

const LABELS: Readonly<Record<string, string>> = { node: 'Node', type: 'Fault', fromMs: 'From', toMs: 'Until', strength: 'Strength', requestType: 'Only calls of', times: 'At most' }

/** Why the fault cannot be like this, each with the field's label ahead. */
export function remarksOn(blueprint: Blueprint, fault: BlueprintFault): string[] {
  if (fault.toMs !== undefined && fault.toMs < fault.fromMs) return ['It ends before it begins.']
  return problemsOfFault(blueprint, fault).map(({ path, message }) => `${LABELS[path] ?? path}: ${message}.`)
}
