import type { GenericSchema } from 'valibot'
import type { Blueprint } from '../../model/blueprint.ts'
import { namesOnTheWay } from '../../model/settings.ts'
import type { SettingPlace } from '../../export/index.ts'
import { fieldMeta } from '../../patterns/fields.ts'
import { findPattern } from '../../patterns/index.ts'

/** What a setting is called in the inspector: `Wait when open`; one within a list after what it belongs to. */
export function settingName({ nodes }: Blueprint, { node: id, path: [field = '', ...rest] }: SettingPlace): string {
  const node = nodes.find((one) => one.id === id)
  const schema = node && findPattern(node.kind)?.schema.entries[field]
  const label = (schema && fieldMeta(schema as GenericSchema)?.label) ?? String(field)
  return [label, ...namesOnTheWay(node?.config[field], rest)].join(', ')
}
