import type { Blueprint } from '../../model/blueprint.ts'
import { fieldMeta } from '../../patterns/fields.ts'
import { findPattern } from '../../patterns/index.ts'
import type { Transition } from '../../trace/facts.ts'

/** The moment that "why did it open?" asks about: the node's first change into an open state, else its first change. */
export function firstOpening(blueprint: Blueprint, node: string, transitions: readonly Transition[]): Transition | undefined {
  const kind = blueprint.nodes.find(({ id }) => id === node)?.kind ?? ''
  const states = findPattern(kind)?.states ?? {}
  const own = transitions.filter((transition) => transition.node === node)
  return own.find(({ to }) => states[to]?.tone === 'open') ?? own[0]
}

/** What people call a setting, in lower case: "attempts". */
export function fieldLabel(kind: string, field: string): string {
  const schema = findPattern(kind)?.schema.entries[field]
  return (schema && fieldMeta(schema)?.label.toLowerCase()) ?? field
}
