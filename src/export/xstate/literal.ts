import { code, FILE_WIDTH, ident, joined, lit, num, type Code } from '../print.ts'

/** Data as it stands in a literal. Fields that are undefined are left out. */
export type Plain = string | number | boolean | readonly Plain[] | PlainObject
export interface PlainObject {
  readonly [field: string]: Plain | undefined
}

const INDENT = 2

/**
 * Data as a literal: on one line where that fits into the page, else a field a line. It stands behind `margin` blanks and
 * `lead` further characters, and something follows: a comma, or a bracket. Names of fields must be identifiers or whole numbers.
 */
export function literal(value: Plain, margin: number, lead = 0): Code {
  if (typeof value !== 'object') return scalar(value)
  const line = inline(value)
  if (line && margin + lead + line.toString().length < FILE_WIDTH) return line
  const inside = margin + INDENT
  if (isList(value)) {
    return code`
      [
        ${value.map((item) => code`${literal(item, inside)},`)}
      ]
    `
  }
  return code`
    {
      ${fields(value, inside)}
    }
  `
}

function fields(value: PlainObject, margin: number): Code[] {
  return entriesOf(value).map(([field, item]) => {
    const key = keyOf(field)
    return code`${key}: ${literal(item, margin, key.toString().length + INDENT)},`
  })
}

function inline(value: Plain): Code | undefined {
  if (typeof value !== 'object') return scalar(value)
  const pieces = isList(value)
    ? value.map(inline)
    : entriesOf(value).map(([field, item]) => {
        const piece = inline(item)
        return piece && code`${keyOf(field)}: ${piece}`
      })
  if (isList(value) && standsApart(value)) return undefined
  const known = pieces.filter((piece) => piece !== undefined)
  if (known.length < pieces.length) return undefined
  if (known.length === 0) return isList(value) ? code`[]` : code`{}`
  const line = joined(known)
  return isList(value) ? code`[${line}]` : code`{ ${line} }`
}

/** Whether formatters put the items of this list on lines of their own, however short they are. */
function standsApart(list: readonly Plain[]): boolean {
  return list.length > 1 && list.every((item) => typeof item === 'object' && !isList(item) && entriesOf(item).length > 1)
}

function scalar(value: string | number | boolean): Code {
  if (typeof value === 'string') return lit(value)
  if (typeof value === 'number') return num(value)
  return value ? code`true` : code`false`
}

function keyOf(field: string): Code {
  return /^\d+$/.test(field) ? num(Number(field)) : ident(field)
}

function entriesOf(value: PlainObject): [string, Plain][] {
  return Object.entries(value).flatMap(([field, item]): [string, Plain][] => (item === undefined ? [] : [[field, item]]))
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value)
}
