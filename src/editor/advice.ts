import type { Blueprint, BlueprintNode } from '../model/blueprint.ts'
import { surroundings } from '../model/graph-checks.ts'
import { GRID } from '../model/grid.ts'
import { findPattern } from '../patterns/index.ts'
import type { OnPath } from '../patterns/pattern.ts'
import type { Command } from './commands.ts'
import { aKind, nodeName } from './naming.ts'
import { freePlace, newNode } from './parts.ts'
import { swapping } from './swapping.ts'

/** Something about the drawing as a whole that will hurt, and what to do about it. */
export interface Advice {
  /** The same for the same advice on the same nodes. */
  id: string
  /** One sentence. */
  text: string
  nodes: readonly string[]
  fix?: { label: string; command: Command }
}

/** One request may become this many calls before it is worth a word. */
const CALLS_WORTH_A_WORD = 6
const WAYS_MAX = 500
const DEADLINE_MS = 2_000

interface Stop extends OnPath {
  node: BlueprintNode
}

/** What is worth saying about how policies work together along the ways that requests take, and what nodes miss around them. Nothing for most drawings. */
export function adviceOn(blueprint: Blueprint): Advice[] {
  const found = new Map<string, Advice>()
  for (const way of waysOf(blueprint)) {
    for (const advice of [multiplied(way, blueprint), endless(way, blueprint), ...tooLong(way, blueprint), ...tripsTooEarly(way, blueprint), hidden(way, blueprint), ...tooNarrow(way, blueprint)]) {
      if (advice && !found.has(advice.id)) found.set(advice.id, advice)
    }
  }
  return [...found.values(), ...alone(blueprint)]
}

/** What is called and lacks something around it. What nobody calls may still be on its way into the drawing. */
function alone(blueprint: Blueprint): Advice[] {
  return surroundings(blueprint).flatMap(({ index, message, lacks }) => {
    const node = blueprint.nodes[index]
    if (!node || !blueprint.edges.some(({ to }) => to === node.id)) return []
    return [{ id: `alone ${node.id} ${message}`, text: `${nodeName(blueprint, node.id)} ${message}.`, nodes: [node.id], ...(lacks !== undefined && { fix: somebody(blueprint, node, lacks) }) }]
  })
}

function somebody(blueprint: Blueprint, { id, position }: BlueprintNode, kind: string): NonNullable<Advice['fix']> {
  const node = newNode(blueprint, kind, freePlace(blueprint, { x: position.x + GRID.column, y: position.y }))
  return { label: `Add ${aKind(kind)}`, command: { type: 'add-node', node, from: id } }
}

/** Every way from a source to where it ends, past bypassed nodes; not more than some hundred. */
function waysOf({ nodes, edges }: Blueprint): Stop[][] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const ways: Stop[][] = []
  const follow = (id: string, before: readonly Stop[]): void => {
    const node = byId.get(id)
    if (!node || ways.length >= WAYS_MAX) return
    const way = node.bypassed ? before : [...before, { node, ...findPattern(node.kind)?.onPath?.(node.config) }]
    const next = edges.filter(({ from }) => from === id)
    if (next.length === 0 && way.length > 1) ways.push([...way])
    for (const { to } of next) follow(to, way)
  }
  for (const { id, kind } of nodes) if (findPattern(kind)?.role === 'source') follow(id, [])
  return ways
}

/** Two retries on one way multiply. */
function multiplied(way: readonly Stop[], blueprint: Blueprint): Advice | undefined {
  const retries = way.filter(({ attempts }) => (attempts?.count ?? 1) > 1)
  const calls = retries.reduce((product, { attempts }) => product * (attempts?.count ?? 1), 1)
  const last = retries.at(-1)
  if (retries.length < 2 || calls < CALLS_WORTH_A_WORD || !last) return undefined
  const names = retries.map(({ node, attempts }) => `${nodeName(blueprint, node.id)} (${attempts?.count})`)
  return {
    id: `multiplied ${retries.map(({ node }) => node.id).join(' ')}`,
    text: `One request can become ${calls} calls: ${names.join(' × ')}.`,
    nodes: retries.map(({ node }) => node.id),
    fix: { label: `Bypass ${nodeName(blueprint, last.node.id)}`, command: { type: 'set-bypassed', node: last.node.id, bypassed: true } },
  }
}

/** Nobody on the way gives up. */
function endless(way: readonly Stop[], blueprint: Blueprint): Advice | undefined {
  const [source] = way
  if (!source?.limit || way.some(({ limit }) => limit && limit.ms > 0)) return undefined
  return {
    id: `endless ${source.node.id}`,
    text: `${nodeName(blueprint, source.node.id)} waits for ever: nothing on the way to ${nodeName(blueprint, way.at(-1)?.node.id ?? '')} gives up.`,
    nodes: [source.node.id],
    fix: { label: 'Give up after 2 s', command: { type: 'set-config', node: source.node.id, field: source.limit.field, value: DEADLINE_MS } },
  }
}

/** What waits inside must give up before what waits outside, with all the attempts in between. */
function tooLong(way: readonly Stop[], blueprint: Blueprint): Advice[] {
  return way.flatMap((outer, at) => {
    const outerMs = outer.limit?.ms ?? 0
    if (outerMs === 0) return []
    const inside = way.slice(at + 1)
    const innerAt = inside.findIndex(({ limit }) => (limit?.ms ?? 0) > 0)
    const inner = inside[innerAt]
    if (!inner?.limit) return []
    const attempts = inside.slice(0, innerAt).reduce((product, stop) => product * (stop.attempts?.count ?? 1), 1)
    if (inner.limit.ms * attempts < outerMs) return []
    const [innerName, outerName] = [nodeName(blueprint, inner.node.id), nodeName(blueprint, outer.node.id)]
    const value = Math.max(1, Math.floor((outerMs * 0.9) / attempts))
    const text =
      attempts > 1
        ? `${attempts} attempts of ${inner.limit.ms} ms (${innerName}) do not fit into the ${outerMs} ms that ${outerName} waits.`
        : `${innerName} waits ${inner.limit.ms} ms, no less than the ${outerMs} ms of ${outerName}: it never gives up first.`
    return [{
      id: `too long ${outer.node.id} ${inner.node.id}`,
      text,
      nodes: [outer.node.id, inner.node.id],
      fix: { label: `Set ${innerName} to ${value} ms`, command: { type: 'set-config' as const, node: inner.node.id, field: inner.limit.field, value } },
    }]
  })
}

/** A breaker in front of a retry hears of failures only when all attempts are spent. */
function tripsTooEarly(way: readonly Stop[], blueprint: Blueprint): Advice[] {
  return way.flatMap((stop, at) => {
    const next = way[at + 1]
    if (!stop.trips || (next?.attempts?.count ?? 1) < 2 || !next) return []
    const [breaker, retry] = [nodeName(blueprint, stop.node.id), nodeName(blueprint, next.node.id)]
    const command = swapping(blueprint, stop.node.id, next.node.id)
    return [{
      id: `trips early ${stop.node.id} ${next.node.id}`,
      text: `${breaker} stands before ${retry}: it hears of a failure only after ${next.attempts?.count} attempts, and opens late.`,
      nodes: [stop.node.id, next.node.id],
      ...(command && { fix: { label: `Put ${retry} before ${breaker}`, command } }),
    }]
  })
}

/** A retry that never hears of a failure has nothing to repeat. */
function hidden(way: readonly Stop[], blueprint: Blueprint): Advice | undefined {
  const at = way.findIndex(({ attempts }) => (attempts?.count ?? 1) > 1)
  const retry = way[at]
  const breaker = at < 0 ? undefined : way.slice(at + 1).find(({ hides }) => hides)
  if (!retry || !breaker?.hides) return undefined
  const { field, value } = breaker.hides
  return {
    id: `hidden ${retry.node.id} ${breaker.node.id}`,
    text: `${nodeName(blueprint, breaker.node.id)} answers failed calls with its fallback: ${nodeName(blueprint, retry.node.id)} before it never hears of a failure.`,
    nodes: [retry.node.id, breaker.node.id],
    fix: { label: 'Fall back only while it is open', command: { type: 'set-config', node: breaker.node.id, field, value } },
  }
}

/** A window of fewer calls than the minimum never holds the minimum: a full window has to do. */
function tooNarrow(way: readonly Stop[], blueprint: Blueprint): Advice[] {
  return way.flatMap(({ node, judges }) => {
    if (!judges || judges.minimum <= judges.calls) return []
    const { calls, minimum, field } = judges
    const remembers = calls === 1 ? 'the last one: that one decides' : `the last ${calls}: those ${calls} decide`
    return [{
      id: `too narrow ${node.id}`,
      text: `${nodeName(blueprint, node.id)} should wait for ${minimum} calls before it judges, but remembers only ${remembers}.`,
      nodes: [node.id],
      fix: { label: `Remember the last ${minimum}`, command: { type: 'set-config' as const, node: node.id, field, value: minimum } },
    }]
  })
}
