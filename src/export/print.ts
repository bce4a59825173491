/** Marks a line to be dropped. Neither templates nor escaped text can hold it. */
const DROPPED = '\u0000'
/** Stands for the hash of the file, which is known when the file is finished. */
const HASH = '\u0001'
const LINE_WIDTH = 80
/** Characters on a line of a file, as its formatter is set. */
export const FILE_WIDTH = 100

/**
 * Text that is known to be code. Made only in this file, by the template writer and by the functions that escape, so that no
 * text of a user ever becomes code by accident: a bare string fits into no template, for the compiler as at run time.
 */
class CodeText {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

/** A piece of code; see {@link code}. The class itself stays in this file. */
export type Code = CodeText

/** What may stand in a hole. Nothing (`false`, `undefined`) drops the whole line; a list puts one piece on each line. */
export type Hole = Code | number | false | undefined | readonly Hole[]

/** One file to take home. */
export interface Snippet {
  fileName: string
  code: string
}

/**
 * Writes code: holes are filled, lines of pieces that span several lines are indented like the hole, a hole with nothing in
 * it takes its line with it, and the template's own indentation goes.
 */
export function code(strings: TemplateStringsArray, ...holes: readonly Hole[]): Code {
  const margin = marginOf(strings)
  let text = ''
  strings.forEach((part, index) => {
    text += part.replaceAll(`\n${margin}`, '\n')
    if (index < holes.length) text += indented(fill(holes[index]), prefixOf(text))
  })
  const lines = text.split('\n').filter((line) => !line.includes(DROPPED))
  return new CodeText(trimmed(lines).join('\n'))
}

/** Keeps its line when `condition` holds and drops it otherwise: `${when(isSlow)}const SLOW_MS = 500;` */
export function when(condition: boolean): Code | false {
  return condition && new CodeText('')
}

/** Pieces with a blank line between each and the next; those with nothing in them are left out. */
export function apart(pieces: readonly Hole[]): Code | false {
  const kept = pieces.map(fill).filter((piece) => piece !== DROPPED)
  return kept.length > 0 && new CodeText(kept.join('\n\n'))
}

/** Eight digits that change when anything else in the file does, for whoever wants to know whether it was edited. */
export function contentHash(): Code {
  return new CodeText(HASH)
}

/** The finished text of a file: no two blank lines in a row, none just inside a block, one line end at the end. */
export function printFile(file: Code): string {
  const text = tidied(file)
  return text.replaceAll(HASH, hashOf(text))
}

function tidied(file: Code): string {
  const lines = file.toString().split('\n').map((line) => line.trimEnd())
  const kept = lines.filter((line, index) => {
    if (line !== '') return true
    const before = lines[index - 1] ?? ''
    const after = lines.slice(index).find((next) => next !== '') ?? ''
    return before !== '' && !/[{([]$/.test(before) && !/^\s*[})\]]/.test(after)
  })
  return `${kept.join('\n')}\n`
}

/** 32 bits of FNV-1a over the UTF-16 units: tells edits apart, proves nothing. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** An address for a comment. Everything that is not plain in an address is escaped, so that it cannot end the comment. */
export function url(address: string): Code {
  if (!/^https?:\/\/[\w.:[\]-]+(\/|$)/.test(address)) throw new Error('that is not an address of the web')
  return new CodeText(address.toWellFormed().replaceAll(/[^\w.~:/?#@!$&'()+,;=%[\]-]/g, encodeURIComponent).replaceAll('*', '%2A'))
}

/** A number as people write it: `2_500`. Only finite ones have a place in code. */
export function num(value: number): Code {
  if (!Number.isFinite(value)) throw new Error(`${value} cannot be written as code`)
  const [whole = '', rest] = String(value).split('.')
  const grouped = /e/.test(String(value)) ? whole : whole.replaceAll(/\B(?=(\d{3})+$)/g, '_')
  return new CodeText(rest === undefined ? grouped : `${grouped}.${rest}`)
}

/** A string literal, in the quotes that need fewer escapes. Invisible characters, halves of characters and `</` are escaped. */
export function lit(value: string): Code {
  const quote = value.split("'").length > value.split('"').length ? '"' : "'"
  const escaped = value
    .toWellFormed()
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, escapeCharacter)
    .replaceAll('</', '<\\/')
  return new CodeText(quote + escaped + quote)
}

/**
 * Text for a block comment: one line, visible characters only, at most `width` of them (default 80). It can neither end the
 * comment nor open a tag of documentation tools. Never for `//` comments, where compilers look for instructions.
 */
export function prose(value: string, width = LINE_WIDTH): Code {
  const plain = value
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/\*(?=\/)/g, '* ')
    .replaceAll('/*', '/ *')
    .replaceAll('@', '@ ')
    .trim()
  const characters = Array.from(plain)
  return new CodeText(characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : plain)
}

/** An object literal: on one line where `room` characters are enough for it, else a field a line. */
export function object(fields: readonly (Code | false)[], room: number): Code {
  const kept = fields.filter((field) => field !== false)
  const line = `{ ${kept.join(', ')} }`
  const isShort = line.length <= room && !line.includes('\n')
  return new CodeText(isShort ? line : `{\n${kept.map((field) => `  ${indented(field.toString(), '  ')},\n`).join('')}}`)
}

/** Pieces on one line, one after the other. */
export function joined(pieces: readonly Code[], separator: ', ' | ' | ' = ', '): Code {
  return new CodeText(pieces.join(separator))
}

/** What stands between the brackets of a list: on their line where `room` characters are enough for it, else an item a line. */
export function items(pieces: readonly Code[], room: number): Code {
  const line = pieces.join(', ')
  return new CodeText(line.length <= room ? line : `\n${pieces.map((piece) => `  ${indented(piece.toString(), '  ')},\n`).join('')}`)
}

/**
 * A list of numbers as a formatter writes it: on one line behind `column` characters, else as many to a line as fit, where lines
 * stand `indentation` characters in.
 */
export function numberList(values: readonly number[], column: number, indentation = 0): Code {
  const line = values.map(num).join(', ')
  if (column + line.length + '[],'.length <= FILE_WIDTH) return new CodeText(`[${line}]`)
  const lines = ['']
  for (const value of values) {
    const last = lines.at(-1) ?? ''
    const longer = `${last === '' ? '' : `${last} `}${num(value).toString()},`
    if (last !== '' && indentation + 2 + longer.length > FILE_WIDTH) lines.push(`${num(value).toString()},`)
    else lines[lines.length - 1] = longer
  }
  return new CodeText(`[\n${lines.map((part) => `  ${part}\n`).join('')}]`)
}

/** A name made by {@link safeName}, as code. */
export function ident(name: string): Code {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) throw new Error('that is not an identifier')
  return new CodeText(name)
}

/** The name of a file without its ending, made by {@link safeFileName}, as code. */
export function fileStem(name: string): Code {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) throw new Error('that is not a file name')
  return new CodeText(name)
}

/** A piece in a column of its own: filled up with blanks. */
export function padded(piece: Code, width: number): Code {
  return new CodeText(piece.toString().padEnd(width))
}

function escapeCharacter(character: string): string {
  const point = character.codePointAt(0) ?? 0
  return point > 0xffff ? `\\u{${point.toString(16)}}` : `\\u${point.toString(16).padStart(4, '0')}`
}

function fill(hole: Hole): string {
  if (hole === false || hole === undefined) return DROPPED
  if (typeof hole === 'number') return num(hole).toString()
  if (hole instanceof CodeText) return hole.toString()
  if (!Array.isArray(hole)) throw new Error('only code may stand in a template')
  const pieces = (hole as readonly Hole[]).map(fill).filter((piece) => piece !== DROPPED)
  return pieces.length === 0 ? DROPPED : pieces.join('\n')
}

/** What further lines of a piece begin with: the hole's indentation, inside a comment its star too. */
function prefixOf(text: string): string {
  const line = text.slice(text.lastIndexOf('\n') + 1)
  return /^\s*(\*\s+)?/.exec(line)?.[0] ?? ''
}

function indented(text: string, prefix: string): string {
  return text.replaceAll('\n', `\n${prefix}`)
}

/** Indentation that all lines of a template share. */
function marginOf(strings: TemplateStringsArray): string {
  const lines = strings.join('x').split('\n').slice(1).filter((line) => line.trim() !== '')
  const margins = lines.map((line) => /^ */.exec(line)?.[0] ?? '')
  return margins.reduce((least, margin) => (margin.length < least.length ? margin : least), margins[0] ?? '')
}

/** Without the blank lines at both ends that a template's own quotes bring along. */
function trimmed(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '')
  const last = lines.findLastIndex((line) => line.trim() !== '')
  return first < 0 ? [] : lines.slice(first, last + 1)
}
