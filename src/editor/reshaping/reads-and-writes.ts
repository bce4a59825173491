import type { Blueprint, BlueprintNode } from '../../model/blueprint.ts'
import { collectRequestTypes } from '../../model/request-types.ts'
import { typesThrough } from '../../model/routes.ts'
import { findPattern } from '../../patterns/index.ts'
import { askingAlsoByKind, splitting } from '../../patterns/reshapings.ts'
import { nodeName } from '../naming.ts'
import { isOrdinary, isPolicy, isSource, nodesById, widened } from './ways.ts'

/** What is asked of a store, told apart, and the drawing in which it is. */
export interface Asked {
  blueprint: Blueprint
  reads: readonly string[]
  writes: readonly string[]
  /** What was added to that end. */
  said?: string
}

/** Reads and writes that come to a store. Where one of them is missing, clients whose requests come to it ask for it too. */
export function askedApart(blueprint: Blueprint, store: string): Asked | { why: string } {
  const looks = new Map(blueprint.nodes.flatMap(({ kind, config }) => findPattern(kind)?.requestTypes?.(config) ?? []).map(({ name, look }) => [name, look]))
  const coming = typesThrough(blueprint, store).filter((type) => !['log', 'event'].includes(looks.get(type) ?? ''))
  const isRead = (type: string): boolean => looks.get(type) === 'query' || splitting.isRead(type)
  const [reads, writes] = [coming.filter(isRead), coming.filter((type) => !isRead(type))]
  if (reads.length > 0 && writes.length > 0) return { blueprint, reads, writes }
  const { sources, between } = plainWaysInto(blueprint, store)
  const names = (of: readonly BlueprintNode[]): string => of.map(({ id }) => nodeName(blueprint, id)).join(', ')
  const missing = reads.length === 0 ? 'read' : 'write'
  if (sources.length === 0) return { why: `All that comes to ${nodeName(blueprint, store)} is a ${missing === 'read' ? 'write' : 'read'}; there is nothing to split.` }
  const name = freshType(missing, blueprint.nodes)
  const asking = new Map(sources.flatMap(({ id, kind, config }) => {
    const also = askingAlsoByKind[kind]?.(config, name)
    return also ? [[id, also] as const] : []
  }))
  if (asking.size === 0) return { why: `${names(sources)} cannot ask for one more type of request.` }
  const nodes = blueprint.nodes.map((node) => ({ ...node, config: asking.get(node.id) ?? node.config }))
  const edges = blueprint.edges.map((edge) => (between.has(edge.id) ? widened(edge, [name], coming) : edge))
  return {
    blueprint: { ...blueprint, nodes, edges },
    reads: missing === 'read' ? [name] : reads,
    writes: missing === 'write' ? [name] : writes,
    said: `To ${missing} as well, half of what ${names(sources.filter(({ id }) => asking.has(id)))} sends is now “${name}”.`,
  }
}

/** Sources whose requests come to a node past ordinary services and policies only, and the edges on these ways. */
function plainWaysInto(blueprint: Blueprint, store: string): { sources: BlueprintNode[]; between: Set<string> } {
  const nodes = nodesById(blueprint)
  const reached = new Set([store])
  const between = new Set<string>()
  for (const id of reached) {
    for (const edge of blueprint.edges) {
      const from = nodes.get(edge.from)
      if (edge.to !== id || !from || !(isOrdinary(from) || isPolicy(from) || isSource(from))) continue
      between.add(edge.id)
      reached.add(edge.from)
    }
  }
  const sources = blueprint.nodes.filter((node) => reached.has(node.id) && askingAlsoByKind[node.kind] !== undefined)
  return { sources, between }
}

function freshType(wanted: string, nodes: readonly BlueprintNode[]): string {
  const taken = new Set(collectRequestTypes(nodes))
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} ${number}`
    if (!taken.has(name)) return name
  }
}
