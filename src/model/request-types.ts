import { findPattern } from '../patterns/index.ts'
import type { RequestTypeLook } from '../patterns/pattern.ts'
import type { BlueprintNode } from './blueprint.ts'

/** Every request type: what clients send in drawing order, then what other nodes ask for on their own account. */
export function collectRequestTypes(nodes: readonly BlueprintNode[]): string[] {
  const names = new Set(collectClientTypes(nodes))
  for (const { kind, config } of nodes) for (const { name } of findPattern(kind)?.requestTypes?.(config) ?? []) names.add(name)
  return [...names]
}

/** Every request type any client sends, in drawing order; these come first among all. */
export function collectClientTypes(nodes: readonly BlueprintNode[]): string[] {
  const sources = nodes.filter(({ kind }) => findPattern(kind)?.role === 'source')
  const names = new Set(sources.flatMap(({ kind, config }) => findPattern(kind)?.requestTypes?.(config) ?? []).map(({ name }) => name))
  return names.size === 0 ? ['request'] : [...names]
}

/** What nodes other than clients ask for on their own account, such as a saga's steps. */
export function collectOwnTypes(nodes: readonly BlueprintNode[]): string[] {
  const callers = nodes.filter(({ kind }) => findPattern(kind)?.role !== 'source')
  return callers.flatMap(({ kind, config }) => findPattern(kind)?.requestTypes?.(config) ?? []).map(({ name }) => name)
}

/** How calls of each type are drawn, type by type. */
export function requestTypeLooks(nodes: readonly BlueprintNode[], requestTypes: readonly string[]): RequestTypeLook[] {
  const looks = new Map(nodes.flatMap(({ kind, config }) => findPattern(kind)?.requestTypes?.(config) ?? []).map(({ name, look }) => [name, look]))
  return requestTypes.map((name) => looks.get(name) ?? 'request')
}
