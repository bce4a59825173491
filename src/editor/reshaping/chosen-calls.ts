import type { Blueprint, BlueprintEdge, BlueprintNode } from '../../model/blueprint.ts'
import { nodeName } from '../naming.ts'
import { endOf, isPolicy, nodesById, startOf } from './ways.ts'

/** Calls of one node, each by its first edge, in drawing order. */
export interface Calls {
  caller: BlueprintNode
  edges: readonly BlueprintEdge[]
}

/** The calls that are meant by a selection: of edges, of one caller, or of several who are called. */
export function chosenCalls(blueprint: Blueprint, selected: readonly string[]): Calls | { why: string } {
  const chosen = new Set(selected)
  const nodes = blueprint.nodes.filter(({ id }) => chosen.has(id))
  const [only] = nodes
  if (!only) return byEdges(blueprint, blueprint.edges.filter(({ id }) => chosen.has(id)))
  if (nodes.length > 1) return byCallees(blueprint, nodes)
  return { caller: only, edges: blueprint.edges.filter(({ from }) => from === only.id) }
}

function byEdges(blueprint: Blueprint, edges: readonly BlueprintEdge[]): Calls | { why: string } {
  const starts = new Set<BlueprintEdge>()
  for (const edge of edges) {
    const start = startOf(blueprint, edge)
    if (!start) return { why: `Several callers share ${nodeName(blueprint, edge.from)}. Select their own lines.` }
    starts.add(start)
  }
  const calls = blueprint.edges.filter((edge) => starts.has(edge))
  const [first] = calls
  const other = calls.find(({ from }) => from !== first?.from)
  const caller = first && nodesById(blueprint).get(first.from)
  if (!caller) return { why: 'Select two calls or more of one caller.' }
  if (other) return { why: `${nodeName(blueprint, caller.id)} and ${nodeName(blueprint, other.from)} call here. Select the lines of one of them.` }
  return { caller, edges: calls }
}

/** The one caller of at least two of these; one that is selected itself comes first. */
function byCallees(blueprint: Blueprint, nodes: readonly BlueprintNode[]): Calls | { why: string } {
  const chosen = new Set(nodes.map(({ id }) => id))
  const found = blueprint.nodes.flatMap((caller): Calls[] => {
    if (isPolicy(caller)) return []
    const edges = blueprint.edges.filter((edge) => edge.from === caller.id && chosen.has(endOf(blueprint, edge)?.id ?? ''))
    return edges.length < 2 ? [] : [{ caller, edges }]
  })
  const inside = found.filter(({ caller }) => chosen.has(caller.id))
  const [first, second] = inside.length > 0 ? inside : found
  if (!first) return { why: 'No node calls two of these: there are no calls to put into one saga.' }
  if (second) return { why: `${nodeName(blueprint, first.caller.id)} and ${nodeName(blueprint, second.caller.id)} both call several of these. Select the lines of one of them.` }
  return first
}
