import type { Blueprint } from '../../model/blueprint.ts'
import { namesOnTheWay } from '../../model/settings.ts'
import { fieldMetaAt, type FieldMeta } from '../../patterns/fields.ts'
import { findPattern } from '../../patterns/index.ts'
import type { Transition } from '../../trace/facts.ts'

/** The moment that "why did it open?" asks about: the node's first change into an open state, else its first change. */
export function firstOpening(blueprint: Blueprint, node: string, transitions: readonly Transition[]): Transition | undefined {
  const kind = blueprint.nodes.find(({ id }) => id === node)?.kind ?? ''
  const states = findPattern(kind)?.states ?? {}
  const own = transitions.filter((transition) => transition.node === node)
  return own.find(({ to }) => states[to]?.tone === 'open') ?? own[0]
}

/** What people call a setting, or a value inside one, and each of its values: "ship_order when unknown", “Compensate”. */
export function settingWords(kind: string, field: string, setting: unknown, path: readonly (string | number)[]): { label: string; valueText: (value: unknown) => string } {
  const meta = fieldMetaAt(findPattern(kind)?.schema.entries[field], path)
  const label = meta?.label.toLowerCase() ?? String(path.at(-1) ?? field)
  return { label: [...namesOnTheWay(setting, path), label].join(' '), valueText: (value) => valueText(value, meta) }
}

function valueText(value: unknown, meta: FieldMeta | undefined): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  const option = meta?.options?.find((one) => one.value === value)
  return option ? `“${option.label}”` : String(value)
}
