import type { Blueprint, BlueprintNode } from '../model/blueprint.ts'
import { findPattern } from '../patterns/index.ts'
import type { OnPath } from '../patterns/pattern.ts'
import type { Command } from './commands.ts'
import { nodeName } from './naming.ts'

/** Something about the drawing as a whole that will hurt, and what to do about it. */
export interface Advice {
  /** The same for the same advice on the same nodes. */
  id: string
  /** One sentence. */
  text: string
  nodes: readonly string[]
  fix?: { label: string; command: Command }
}

const WAYS_MAX = 500

export interface Stop extends OnPath {
  node: BlueprintNode
}

/** What is said of policies that do not fit into what stands around them. */
export function adviceOnFit(way: readonly Stop[], blueprint: Blueprint): Advice[] {
  return [...tooLong(way, blueprint), ...hidden(way, blueprint)]
}

/** The first of those that say the same. */
export function once(advice: readonly Advice[]): Advice[] {
  const found = new Map<string, Advice>()
  for (const one of advice) if (!found.has(one.id)) found.set(one.id, one)
  return [...found.values()]
}

/** Every way from a source to where it ends, past bypassed nodes; not more than some hundred. */
export function waysOf({ nodes, edges }: Blueprint): Stop[][] {
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

/** A retry that never hears of a failure has nothing to repeat. */
function hidden(way: readonly Stop[], blueprint: Blueprint): Advice[] {
  const at = way.findIndex(({ attempts }) => (attempts?.count ?? 1) > 1)
  const retry = way[at]
  const breaker = at < 0 ? undefined : way.slice(at + 1).find(({ hides }) => hides)
  if (!retry || !breaker?.hides) return []
  const { field, value } = breaker.hides
  return [{
    id: `hidden ${retry.node.id} ${breaker.node.id}`,
    text: `${nodeName(blueprint, breaker.node.id)} answers failed calls with its fallback: ${nodeName(blueprint, retry.node.id)} before it never hears of a failure.`,
    nodes: [retry.node.id, breaker.node.id],
    fix: { label: 'Fall back only while it is open', command: { type: 'set-config', node: breaker.node.id, field, value } },
  }]
}
