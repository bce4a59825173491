import { NODES_MAX, type Blueprint, type BlueprintEdge, type BlueprintNode } from '../model/blueprint.ts'
import { GRID } from '../model/grid.ts'
import { findPattern } from '../patterns/index.ts'
import { freshId, takenIds } from '../model/ids.ts'
import { adviceOnFit, once, waysOf } from './fitting.ts'
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
  const nextX = from.position.x + GRID.column
  // Where there is no column free in between, the first takes the callee's.
  const firstX = to.position.x > nextX && to.position.x < nextX + GRID.column ? to.position.x : nextX
  const nodes = kinds.map((kind, index): BlueprintNode => {
    const label = freshLabel(`${callee.slice(0, 80).replace(/[\ud800-\udbff]$/, '')} ${SHORT_NAMES[kind] ?? kind}`, labels)
    const position = inBounds({ x: firstX + GRID.column * index, y: to.position.y })
    return { id: freshId(label, taken), kind, label, position, config: { ...(findPattern(kind)?.defaults as object) }, bypassed: false }
  })
  const stops = [...nodes.map(({ id }) => id), edge.to]
  const onward = stops.slice(1).map((next, index): BlueprintEdge => newEdge(stops[index] ?? '', next, taken))
  // Request types chosen for the way stay with its first part; the rest carries what comes.
  const edges = blueprint.edges.flatMap((one) => (one.id === edgeId ? [{ ...one, to: stops[0] ?? one.to }, ...onward] : [one]))
  const room = withRoom(blueprint, edge, nodes, firstX + GRID.column * nodes.length - to.position.x)
  return fitted({ ...blueprint, nodes: [...room, ...nodes], edges }, new Set(nodes.map(({ id }) => id)))
}

/**
 * The nodes there are, with those moved along that stand where the new ones go: the callee and what it calls. Others beside
 * them stay, unless somebody would then stand on somebody.
 */
function withRoom(blueprint: Blueprint, edge: BlueprintEdge, added: readonly BlueprintNode[], byX: number): readonly BlueprintNode[] {
  const { nodes } = blueprint
  const xOf = (id: string): number => nodes.find((node) => node.id === id)?.position.x ?? 0
  if (byX <= 0) return nodes
  const startX = xOf(edge.to)
  const isBeyond = ({ id, position }: BlueprintNode): boolean => id !== edge.from && position.x >= startX && startX > xOf(edge.from)
  const callees = reachableFrom(blueprint, edge.to)
  const moving = (isMoved: (node: BlueprintNode) => boolean): readonly BlueprintNode[] =>
    nodes.map((node) => (isMoved(node) ? { ...node, position: inBounds({ x: node.position.x + byX, y: node.position.y }) } : node))
  const few = moving((node) => isBeyond(node) && callees.has(node.id))
  const isCrowded = few.some((node, index) => node !== nodes[index] && few.some((other, at) => other === nodes[at] && isOn(node, other)))
  return isCrowded || added.some((one) => few.some((node) => isOn(one, node))) ? moving(isBeyond) : few
}

function isOn({ position: one }: BlueprintNode, { position: other }: BlueprintNode): boolean {
  return Math.abs(one.x - other.x) < GRID.column && Math.abs(one.y - other.y) < GRID.row
}

/** A node and everything that is called because of it. */
function reachableFrom({ edges }: Blueprint, start: string): ReadonlySet<string> {
  const found = new Set([start])
  for (const id of found) for (const { from, to } of edges) if (from === id) found.add(to)
  return found
}

/** New policies are set so that they fit into what waits around them. */
function fitted(blueprint: Blueprint, added: ReadonlySet<string>): Blueprint {
  const fixes = once(waysOf(blueprint).flatMap((way) => adviceOnFit(way, blueprint))).flatMap(({ fix }) => (fix?.command.type === 'set-config' && added.has(fix.command.node) ? [fix.command] : []))
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
