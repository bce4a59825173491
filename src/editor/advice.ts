import type { Blueprint, BlueprintNode } from '../model/blueprint.ts'
import { surroundings } from '../model/graph-checks.ts'
import { GRID } from '../model/grid.ts'
import { adviceOnFit, once, waysOf, type Advice, type Stop } from './fitting.ts'
import { aKind, nodeName } from './naming.ts'
import { freePlace, newNode } from './parts.ts'
import { swapping } from './swapping.ts'

/** One request may become this many calls before it is worth a word. */
const CALLS_WORTH_A_WORD = 6
const DEADLINE_MS = 2_000

/** What is worth saying about how policies work together along the ways that requests take, and what nodes miss around them. Nothing for most drawings. */
export function adviceOn(blueprint: Blueprint): Advice[] {
  const alongWays = waysOf(blueprint).flatMap((way) =>
    [multiplied(way, blueprint), endless(way, blueprint), ...adviceOnFit(way, blueprint), ...tripsTooEarly(way, blueprint), ...tooNarrow(way, blueprint)].filter((advice) => advice !== undefined),
  )
  return [...once(alongWays), ...alone(blueprint)]
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
