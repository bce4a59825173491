import type { Blueprint, BlueprintEdge } from '../model/blueprint.ts'
import { findPattern } from '../patterns/index.ts'
import { cleaned } from './cleaning.ts'
import { whyNotConnect } from './connecting.ts'

/**
 * The blueprint without the nodes, edges and notes of these ids, and without whatever speaks of them. A policy that goes
 * leaves the call it stood before in place: what called it now calls what it called.
 */
export function withoutParts(blueprint: Blueprint, ids: readonly string[]): Blueprint {
  const gone = new Set(ids)
  const { nodes, edges, notes } = blueprint
  const isKept = ({ id }: { id: string }): boolean => !gone.has(id)
  if (nodes.every(isKept) && edges.every(isKept) && (notes ?? []).every(isKept)) return blueprint
  const policies = nodes.filter(({ id, kind }) => gone.has(id) && findPattern(kind)?.role === 'policy').map(({ id }) => id)
  const healed = policies.reduce((lines, policy) => heal(blueprint, lines, policy), edges.filter(isKept))
  const left = healed.filter(({ from, to }) => !gone.has(from) && !gone.has(to))
  const { notes: _former, ...rest } = blueprint
  const keptNotes = notes?.filter(isKept)
  return cleaned({ ...rest, nodes: nodes.filter(isKept), edges: left, ...(keptNotes && { notes: keptNotes }) })
}

/** Leads the edges into a policy on to where it led; one that would double another is dropped. */
function heal(blueprint: Blueprint, edges: readonly BlueprintEdge[], policy: string): BlueprintEdge[] {
  const next = edges.find(({ from }) => from === policy)
  const others = edges.filter(({ from, to }) => from !== policy && to !== policy)
  if (!next) return others
  return edges.flatMap((edge) => {
    if (edge.from === policy) return []
    if (edge.to !== policy) return [edge]
    // Without the policy: its successor may be called by what called it, unless that is done already.
    const without = { ...blueprint, edges: others }
    return whyNotConnect(without, edge.from, next.to) === undefined ? [{ ...edge, to: next.to }] : []
  })
}
