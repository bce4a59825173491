import { fieldMeta, type FieldMeta } from '../../patterns/fields.ts'
import type { Pattern } from '../../patterns/pattern.ts'
import type { Cursor } from './cursor.ts'

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(ms|s|min|%|\/s|x|×)?$/i
const MS_PER: Readonly<Record<string, number>> = { s: 1_000, min: 60_000 }
/** What stands without quotes. */
export const PLAIN_WORD = /^[A-Za-z_][\w-]*$/

/** A value after `=`: `4`, `2.5s`, `true`, `40ms..150ms` (half within, 99 % within), `"text"`, or JSON. */
export function readValue(cursor: Cursor, meta: Pick<FieldMeta, 'control'> | undefined): unknown {
  const json = cursor.json()
  if (json !== undefined) return json
  const word = cursor.word()
  if (word === '') return cursor.fail(`a value is missing after “=”`)
  const [first = '', second] = word.split('..')
  const number = readNumber(first)
  if (second !== undefined) {
    const upper = readNumber(second)
    if (number === undefined || upper === undefined) return cursor.fail(`“${word}” is not a range such as 40ms..150ms`)
    if (meta?.control !== 'distribution') return cursor.fail(`“${word}” is a range where one value belongs`)
    return { type: 'log-normal', p50Ms: number, p99Ms: upper }
  }
  if (number !== undefined) return meta?.control === 'distribution' ? { type: 'constant', ms: number } : number
  if (word === 'true' || word === 'false') return word === 'true'
  return word
}

/** The value as {@link readValue} reads it. */
export function writeValue(value: unknown, meta: Pick<FieldMeta, 'control'> | undefined): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return PLAIN_WORD.test(value) && value !== 'true' && value !== 'false' ? value : JSON.stringify(value)
  return (meta?.control === 'distribution' ? shortDistribution(value) : undefined) ?? JSON.stringify(value)
}

/** The field that a word means: its own name, or its label without blanks, in any case. */
export function fieldFor(pattern: Pattern, word: string): { field: string; meta: FieldMeta | undefined } | undefined {
  const wanted = word.toLowerCase()
  const entries = Object.entries(pattern.schema.entries).map(([field, schema]) => ({ field, meta: fieldMeta(schema) }))
  return entries.find(({ field }) => field.toLowerCase() === wanted) ?? entries.find(({ meta }) => labelWord(meta) === wanted)
}

/** What {@link fieldFor} knows, for a message: every field, and the labels of those that matter first. */
export function settingWords(pattern: Pattern): string[] {
  return Object.entries(pattern.schema.entries).map(([field, schema]) => {
    const meta = fieldMeta(schema)
    const label = labelWord(meta)
    return meta?.main && label !== field.toLowerCase() ? `${field} (${label})` : field
  })
}

function labelWord(meta: FieldMeta | undefined): string | undefined {
  return meta?.label.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

function readNumber(text: string): number | undefined {
  const [, digits, unit = ''] = NUMBER.exec(text) ?? []
  if (digits === undefined) return undefined
  return Number(digits) * (MS_PER[unit.toLowerCase()] ?? 1)
}

function shortDistribution(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const entries: Readonly<Record<string, unknown>> = { ...value }
  const { type, ms, p50Ms, p99Ms } = entries
  if (type === 'constant' && typeof ms === 'number') return `${ms}ms`
  if (type === 'log-normal' && typeof p50Ms === 'number' && typeof p99Ms === 'number') return `${p50Ms}ms..${p99Ms}ms`
  return undefined
}
