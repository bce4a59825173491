import { SCHEMA_VERSION } from '../model/blueprint.ts'
import { parseBlueprint } from '../model/parse.ts'
import type { Clip } from './parts.ts'

const MARK = 'faultline-clip'
const CHARACTERS_MAX = 4_000_000

/** A piece of a drawing as it lies on the clipboard: text, so that it can be pasted in another tab. */
export function clipText({ nodes, edges, notes }: Clip): string {
  return JSON.stringify({ [MARK]: SCHEMA_VERSION, nodes, edges, notes })
}

/** The piece that a text from the clipboard holds; undefined when it holds none that can be drawn here. */
export function parseClip(text: string): Clip | undefined {
  if (text.length > CHARACTERS_MAX || !text.startsWith(`{"${MARK}"`)) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const { [MARK]: schemaVersion, nodes, edges, notes }: Record<string, unknown> = { ...(value as object) }
  const { blueprint } = parseBlueprint({ schemaVersion, nodes, edges, notes })
  return blueprint && { nodes: blueprint.nodes, edges: blueprint.edges, notes: blueprint.notes ?? [] }
}
