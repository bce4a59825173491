import type { Blueprint } from '../model/blueprint.ts'
import { findPattern } from '../patterns/index.ts'

/** Label of the first node behind this one that does the work itself; other policies on the way are passed over. */
export function protectedLabel(blueprint: Blueprint, from: string): string {
  const seen = new Set<string>()
  let id: string | undefined = from
  while (id !== undefined && !seen.has(id)) {
    seen.add(id)
    const current: string = id
    id = blueprint.edges.find((edge) => edge.from === current)?.to
    const node = blueprint.nodes.find((one) => one.id === id)
    if (node && findPattern(node.kind)?.role !== 'policy') return node.label
  }
  return 'what it calls'
}
