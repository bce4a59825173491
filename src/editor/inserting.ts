import { NODES_MAX, type Blueprint, type BlueprintEdge, type BlueprintNode } from '../model/blueprint.ts'
import { GRID } from '../model/grid.ts'
import { findPattern } from '../patterns/index.ts'
import { freshId, takenIds } from '../model/ids.ts'
import { adviceOn } from './advice.ts'
import { aKind, freshLabel, nodeName, takenLabels } from './naming.ts'
import { inBounds, newEdge } from './parts.ts'

/** What "Protect this call" puts before a call, in the order a call meets them. */
const PROTECTION = ['retry', 'circuit-breaker', 'timeout'] as const
const SHORT_NAMES: Readonly<Record<string, string>> = { retry: 'retry', 'circuit-breaker': 'breaker', timeout: 'timeout' }

/** Policies that can be put on a call. */
export function whyNotInsert(blueprint: Blueprint, edge: string, kinds: readonly string[]): string | undefined {
  if (!blueprint.edges.some(({ id }) => id === edge)) return 'This line does not exist.'
  if (blueprint.nodes.length + kinds.length > NODES_MAX) return `A drawing has at most ${NODES_MAX} nodes.`
  const odd = kinds.find((kind) => findPattern(kind)?.role !== 'policy')
  return odd === undefined ? undefined : `${aKind(odd)} does not stand on a call's way.`
}

/** Which of retry, breaker and timeout a call does not have yet, in the order they belong. */
export function missingProtection(blueprint: Blueprint, edge: string): string[] {
  const around = policiesAround(blueprint, edge)
  return PROTECTION.filter((kind) => !around.has(kind))
}

/**
 * The blueprint with a policy of each kind on the call of an edge, in this order, and what comes after moved along to make
 * room. The edge itself keeps its properties and now leads to the first of them.
 */
export function withPolicies(blueprint: Blueprint, edgeId: string, kinds: readonly string[]): Blueprint {
  const edge = blueprint.edges.find(({ id }) => id === edgeId)
  if (!edge || kinds.length === 0 || whyNotInsert(blueprint, edgeId, kinds) !== undefined) return blueprint
  const from = blueprint.nodes.find(({ id }) => id === edge.from)
  const to = blueprint.nodes.find(({ id }) => id === edge.to)
  if (!from || !to) return blueprint
  const taken = takenIds(blueprint)
  const labels = takenLabels(blueprint)
  const callee = nodeName(blueprint, to.id)
  const nodes = kinds.map((kind, index): BlueprintNode => {
    const label = freshLabel(`${callee.slice(0, 80).replace(/[\ud800-\udbff]$/, '')} ${SHORT_NAMES[kind] ?? kind}`, labels)
    const position = inBounds({ x: from.position.x + GRID.column * (index + 1), y: to.position.y })
    return { id: freshId(label, taken), kind, label, position, config: { ...(findPattern(kind)?.defaults as object) }, bypassed: false }
  })
  const stops = [...nodes.map(({ id }) => id), edge.to]
  const onward = stops.slice(1).map((next, index): BlueprintEdge => newEdge(stops[index] ?? '', next, taken))
  // Request types chosen for the way stay with its first part; the rest carries what comes.
  const edges = blueprint.edges.flatMap((one) => (one.id === edgeId ? [{ ...one, to: stops[0] ?? one.to }, ...onward] : [one]))
  const needed = from.position.x + GRID.column * (kinds.length + 1) - to.position.x
  const isBeyond = ({ id, position }: BlueprintNode): boolean => id !== from.id && position.x >= to.position.x && to.position.x > from.position.x
  const room = blueprint.nodes.map((node) =>
    needed > 0 && isBeyond(node) ? { ...node, position: inBounds({ x: node.position.x + needed, y: node.position.y }) } : node,
  )
  return fitted({ ...blueprint, nodes: [...room, ...nodes], edges }, new Set(nodes.map(({ id }) => id)))
}

/** New policies are set so that they fit into what waits around them. */
function fitted(blueprint: Blueprint, added: ReadonlySet<string>): Blueprint {
  const fixes = adviceOn(blueprint).flatMap(({ fix }) => (fix?.command.type === 'set-config' && added.has(fix.command.node) ? [fix.command] : []))
  return fixes.reduce(
    (drawing, { node, field, value }) => ({
      ...drawing,
      nodes: drawing.nodes.map((one) => (one.id === node ? { ...one, config: { ...one.config, [field]: value } } : one)),
    }),
    blueprint,
  )
}

/** Kinds of the policies that stand right before and after an edge on the same call. */
function policiesAround({ nodes, edges }: Blueprint, edgeId: string): Set<string> {
  const found = new Set<string>()
  const kindOf = new Map(nodes.map(({ id, kind }) => [id, kind]))
  const isPolicy = (id: string): boolean => findPattern(kindOf.get(id) ?? '')?.role === 'policy'
  const start = edges.find(({ id }) => id === edgeId)
  for (let at = start?.to; at !== undefined && isPolicy(at); ) {
    found.add(kindOf.get(at) ?? '')
    const here: string = at
    at = edges.find(({ from }) => from === here)?.to
  }
  for (let at = start?.from; at !== undefined && isPolicy(at); ) {
    found.add(kindOf.get(at) ?? '')
    const here: string = at
    at = edges.find(({ to }) => to === here)?.from
  }
  return found
}
