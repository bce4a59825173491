/** Something a text says that cannot be done, at a line counted from 1. */
export class TextError extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

const ARROW = /^(?:-?->|→|⇒|=>)/
const NAME_ENDS = /^(?:-?->|→|⇒|=>|[,;:()[\]{}"=\n])/
/** Mermaid’s first line: it says how to lay out, which is not the text’s to say. */
const DIRECTION = /^(?:graph|flowchart)\s+(?:TB|TD|BT|LR|RL)$/
const WORD = /^[^\s,;()[\]{}"=]+/

/** Reads a statement from left to right. */
export class Cursor {
  readonly line: number
  #rest: string

  constructor(text: string, line: number) {
    this.#rest = text
    this.line = line
  }

  get isAtEnd(): boolean {
    this.#skipBlanks()
    return this.#rest === ''
  }

  fail(message: string): never {
    throw new TextError(this.line, message)
  }

  /** Takes a sign such as `:` when it comes next. */
  take(sign: string): boolean {
    this.#skipBlanks()
    if (!this.#rest.startsWith(sign)) return false
    this.#rest = this.#rest.slice(sign.length)
    return true
  }

  takeArrow(): boolean {
    this.#skipBlanks()
    const arrow = ARROW.exec(this.#rest)?.[0]
    return arrow !== undefined && this.take(arrow)
  }

  /** A name: in quotes, or all up to the next sign with single blanks. */
  name(): string {
    this.#skipBlanks()
    if (this.#rest.startsWith('"')) return this.#quoted()
    let end = 0
    while (end < this.#rest.length && !NAME_ENDS.test(this.#rest.slice(end, end + 3))) end += 1
    const name = this.#rest.slice(0, end).trim().replaceAll(/\s+/g, ' ')
    if (name === '') this.fail(this.#rest === '' ? 'a name is missing at the end' : `a name is missing before “${this.#rest.slice(0, 20)}”`)
    this.#rest = this.#rest.slice(end)
    return name
  }

  /** Characters up to a blank or a sign; empty when none come next. */
  word(): string {
    this.#skipBlanks()
    const word = WORD.exec(this.#rest)?.[0] ?? ''
    this.#rest = this.#rest.slice(word.length)
    return word
  }

  /** A value as JSON writes it when it begins with a bracket or a quote, else undefined. */
  json(): unknown {
    this.#skipBlanks()
    if (this.#rest.startsWith('"')) return this.#quoted()
    if (!/^[[{]/.test(this.#rest)) return undefined
    const text = this.#rest.slice(0, endOfBrackets(this.#rest))
    this.#rest = this.#rest.slice(text.length)
    return this.#parse(text)
  }

  /** What is left. */
  get rest(): string {
    this.#skipBlanks()
    return this.#rest
  }

  /** The beginning of what is left, for a message. */
  get ahead(): string {
    return this.rest.slice(0, 24)
  }

  #quoted(): string {
    const text = /^"(?:[^"\\]|\\.)*"/.exec(this.#rest)?.[0]
    if (text === undefined) return this.fail('a quote is opened and never closed')
    this.#rest = this.#rest.slice(text.length)
    return String(this.#parse(text))
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text)
    } catch {
      return this.fail(`“${text.slice(0, 40)}” is not written as JSON writes it`)
    }
  }

  #skipBlanks(): void {
    this.#rest = this.#rest.trimStart()
  }
}

/** Statements of a text, without comments, with the line each begins at: one a line or divided by `;`, going on where one cannot end. */
export function statementsOf(text: string): { text: string; line: number }[] {
  const statements: { text: string; line: number }[] = []
  let current = ''
  let depth = 0
  let line = 1
  let startLine = 1
  const end = (): void => {
    if (current.trim() !== '' && !DIRECTION.test(current.trim())) statements.push({ text: current.trim(), line: startLine })
    current = ''
    depth = 0
  }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (current.trim() === '') startLine = line
    if (isComment(text, at) && (current.trim() === '' || /\s/.test(text[at - 1] ?? ''))) {
      at = endOfLine(text, at) - 1
      continue
    }
    if (sign === '"') {
      const string = stringAt(text, at)
      current += string
      at += string.length - 1
      continue
    }
    if ('([{'.includes(sign)) depth += 1
    if (')]}'.includes(sign)) depth = Math.max(0, depth - 1)
    const ends = sign === ';' ? depth === 0 : sign === '\n' && depth === 0 && !goesOn(current, text, at)
    if (sign === '\n') line += 1
    if (ends) end()
    else current += sign
  }
  end()
  return statements
}

/** A comment begins a statement or stands behind a blank. */
function isComment(text: string, at: number): boolean {
  return text[at] === '#' || text.startsWith('//', at)
}

/** Whether a statement goes on in the next line: this one ends with an arrow or a comma, or the next begins with an arrow. */
function goesOn(current: string, text: string, at: number): boolean {
  return /(?:->|→|⇒|=>|,)\s*$/.test(current.slice(-20)) || (current.trim() !== '' && /^\s*(?:-?->|→|⇒|=>)/.test(text.slice(at + 1, at + 80)))
}

/** A string in quotes, up to the end of its line when it is never closed. */
function stringAt(text: string, from: number): string {
  const pattern = /"(?:[^"\\\n]|\\.)*"?/y
  pattern.lastIndex = from
  return pattern.exec(text)?.[0] ?? '"'
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function endOfBrackets(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (sign === '"') at += stringAt(text, at).length - 1
    else if ('[{'.includes(sign)) depth += 1
    else if (']}'.includes(sign) && (depth -= 1) === 0) return at + 1
  }
  return text.length
}
