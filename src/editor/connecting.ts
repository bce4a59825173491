import { EDGES_MAX, type Blueprint } from '../model/blueprint.ts'
import { findPattern } from '../patterns/index.ts'
import { aKind, nodeName } from './naming.ts'

/** Why no call can lead from one node to another, as a sentence; undefined when it can. */
export function whyNotConnect(blueprint: Blueprint, from: string, to: string): string | undefined {
  const source = blueprint.nodes.find(({ id }) => id === from)
  const target = blueprint.nodes.find(({ id }) => id === to)
  if (!source || !target) return 'One end of this line does not exist.'
  const ports = findPattern(source.kind)?.ports
  const name = (id: string): string => nodeName(blueprint, id)
  if (from === to) return `${name(from)} cannot call itself: a call would wait for itself.`
  if (!ports || ports.out === 'none') return `${name(from)} calls nobody: ${aKind(source.kind)} has no way out.`
  if (findPattern(target.kind)?.ports.in !== true) return `Nobody can call ${name(to)}: ${aKind(target.kind)} only asks.`
  const out = blueprint.edges.filter((edge) => edge.from === from)
  if (out.some((edge) => edge.to === to)) return `${name(from)} calls ${name(to)} already.`
  const [first] = out
  if (ports.out === 'one' && first) return `${name(from)} stands before one call. Remove its line to ${name(first.to)} first.`
  if (blueprint.edges.length >= EDGES_MAX) return `A drawing has at most ${EDGES_MAX} lines.`
  const way = wayBetween(blueprint, to, from)
  if (way) return `That closes a circle, ${[...way, to].map(name).join(' → ')}: a call would wait for itself.`
  return undefined
}

/** The nodes on a way that calls take from one node to another, both included; undefined when there is none. */
function wayBetween({ edges }: Blueprint, from: string, to: string): string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]])
  for (const id of cameFrom.keys()) {
    if (id === to) return traceBack(cameFrom, to)
    for (const edge of edges) if (edge.from === id && !cameFrom.has(edge.to)) cameFrom.set(edge.to, id)
  }
  return undefined
}

function traceBack(cameFrom: ReadonlyMap<string, string | undefined>, to: string): string[] {
  const way: string[] = []
  for (let id: string | undefined = to; id !== undefined; id = cameFrom.get(id)) way.unshift(id)
  return way
}
