import type { Blueprint, BlueprintEdge, BlueprintNode } from '../../model/blueprint.ts'
import { GRID } from '../../model/grid.ts'
import { freshId, takenIds } from '../../model/ids.ts'
import { collectRequestTypes } from '../../model/request-types.ts'
import { typesThrough } from '../../model/routes.ts'
import { findPattern } from '../../patterns/index.ts'
import { gathering } from '../../patterns/reshapings.ts'
import { aKind, freshLabel, nodeName, takenLabels } from '../naming.ts'
import { inBounds, newEdge, type Point } from '../parts.ts'
import { chosenCalls } from './chosen-calls.ts'
import { withRoomRight } from './room.ts'
import { edgesBeyond, endOf, isOrdinary, isPossible, isSource, nodesById, tooMuch, TYPES_PER_EDGE_MAX, widened, type Reshaped } from './ways.ts'

/**
 * The drawing with the chosen calls of one node made by a saga instead: its steps are the calls, in drawing order. `selected`
 * are the calls' edges, or their caller, or who is called.
 */
export function gathered(blueprint: Blueprint, selected: readonly string[]): Reshaped {
  const chosen = chosenCalls(blueprint, selected)
  if (!isPossible(chosen)) return chosen
  const why = whyNot(blueprint, chosen.caller, chosen.edges)
  return why === undefined ? redrawn(blueprint, chosen.caller, chosen.edges) : { why }
}

function whyNot(blueprint: Blueprint, caller: BlueprintNode, calls: readonly BlueprintEdge[]): string | undefined {
  const { kind, word, calleesMax } = gathering
  const name = nodeName(blueprint, caller.id)
  if (caller.kind === kind) return `${name} is a ${word} already.`
  if (!isOrdinary(caller) && !isSource(caller)) return `${name} is ${aKind(caller.kind)}: its calls are no steps of a ${word}.`
  if (calls.length === 0) return `${name} calls nobody: a ${word} takes two calls or more.`
  if (calls.length === 1) return `This is one call: a ${word} takes two or more of one caller.`
  if (calls.length > calleesMax) return `These are ${calls.length} calls; a ${word} has at most ${calleesMax} steps.`
  for (const call of calls) {
    const end = endOf(blueprint, call)
    if (!end) return `The call of ${nodeName(blueprint, call.to)} leads nowhere yet.`
    if (end.kind === kind) return `${nodeName(blueprint, end.id)} is a ${word} itself; a step is done by a service.`
    if (!isOrdinary(end)) return `${nodeName(blueprint, end.id)} is ${aKind(end.kind)}; a step is done by a service.`
  }
  return undefined
}

function redrawn(blueprint: Blueprint, caller: BlueprintNode, calls: readonly BlueprintEdge[]): Reshaped {
  const { kind, word, beside, plan } = gathering
  const room = gathering.room(calls.length)
  const taken = takenIds(blueprint)
  const labels = takenLabels(blueprint)
  const callees = calls.map((call) => nodeName(blueprint, endOf(blueprint, call)?.id ?? ''))
  const { config, asks } = plan(callees, collectRequestTypes(blueprint.nodes))
  const label = freshLabel(`${shortName(blueprint, caller.id)} ${word}`, labels)
  const place = { x: caller.position.x + GRID.column, y: caller.position.y }
  const node = { id: freshId(label, taken), kind, label, position: inBounds(place), config: { ...config }, bypassed: false }
  const log = newBeside(beside, freshLabel(`${label} log`.slice(0, 110), labels), taken, { x: place.x + 24, y: place.y + room.y })
  const moved = calls.map((call, index): BlueprintEdge => ({ ...call, id: freshId(`${node.id}-${call.to}`, taken), from: node.id, requestTypes: [...(asks[index] ?? [])] }))
  const inward: BlueprintEdge = { ...newEdge(caller.id, node.id, taken), ...limitsOf(calls) }
  // Where the first of the calls was, so that whoever calls one after another keeps that order.
  const edges = blueprint.edges.flatMap((edge) => {
    const index = calls.indexOf(edge)
    return index < 0 ? [edge] : index === 0 ? [inward, moved[0] ?? edge] : [moved[index] ?? edge]
  })
  const nodes = withRoomRight(blueprint.nodes, caller.position, place.x + room.x)
  const drawn = { ...blueprint, nodes: [...nodes, node, log], edges: [...edges, newEdge(node.id, log.id, taken)] }
  const why = tooMuch(drawn)
  if (why !== undefined) return { why }
  return { command: { type: 'redraw', nodes: drawn.nodes, edges: letThrough(drawn, calls, asks, typesThrough(blueprint, caller.id)), how: `make a ${word}` }, main: node.id }
}

/** Lines behind a callee that let only some request types through also let through what it is now asked. */
function letThrough(drawn: Blueprint, calls: readonly BlueprintEdge[], asks: readonly (readonly string[])[], before: readonly string[]): BlueprintEdge[] {
  return calls.reduce<BlueprintEdge[]>((edges, call, index) => {
    const beyond = edgesBeyond(drawn, [call.to])
    return edges.map((edge) => (beyond.has(edge.id) ? widened(edge, asks[index] ?? [], call.requestTypes ?? before) : edge))
  }, drawn.edges)
}

/** What any of the calls was limited to, all of them are; one without limits lets everything in. */
function limitsOf(calls: readonly BlueprintEdge[]): { requestTypes?: string[] } {
  const lists = calls.map(({ requestTypes }) => requestTypes)
  const all = new Set(lists.flatMap((list) => list ?? []))
  return lists.some((list) => list === undefined) || all.size > TYPES_PER_EDGE_MAX ? {} : { requestTypes: [...all] }
}

function newBeside(kind: string, label: string, taken: Set<string>, position: Point): BlueprintNode {
  return { id: freshId(label, taken), kind, label, position: inBounds(position), config: { ...(findPattern(kind)?.defaults as object) }, bypassed: false }
}

function shortName(blueprint: Blueprint, id: string): string {
  return nodeName(blueprint, id).slice(0, 80).replace(/[\ud800-\udbff]$/, '')
}

/** Whether somebody who selected this may think of a saga at all. */
export function mayGather(blueprint: Blueprint, selected: readonly string[]): boolean {
  const nodes = nodesById(blueprint)
  const chosen = selected.flatMap((id) => nodes.get(id) ?? [])
  const [only] = chosen
  if (chosen.length === 1 && only) return isOrdinary(only) || isSource(only) || only.kind === gathering.kind
  return chosen.length > 1 || blueprint.edges.some(({ id }) => selected.includes(id))
}
