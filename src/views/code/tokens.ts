/** What a piece of code is, for its colour. */
export type TokenKind = 'comment' | 'string' | 'number' | 'keyword' | 'type' | 'constant' | 'private' | 'plain'

export interface Token {
  kind: TokenKind
  text: string
}

const KEYWORDS = new Set(
  (
    'as async await break case catch class const constructor continue default delete else enum export extends finally for from function get if ' +
    'import in instanceof interface let new of override private readonly return set static super switch this throw try type typeof var while yield ' +
    'true false null undefined void'
  ).split(' '),
)
const PRIMITIVES = new Set(['string', 'number', 'boolean', 'unknown', 'never', 'bigint', 'symbol', 'object'])

const PIECES = new RegExp(
  [
    String.raw`(?<comment>\/\/.*|\/\*[\s\S]*?(?:\*\/|$))`,
    String.raw`(?<string>'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?)`,
    String.raw`(?<number>\b\d[\d_]*(?:\.\d+)?\b)`,
    String.raw`(?<private>#[A-Za-z_$][\w$]*)`,
    String.raw`(?<word>[A-Za-z_$][\w$]*)`,
  ].join('|'),
  'g',
)

/**
 * Lines of code as coloured pieces. Made for the TypeScript this project writes: no template literals, no regular
 * expressions, no JSX. Anything else loses its colours but never a character.
 */
export function tokenLines(code: string): Token[][] {
  const lines: Token[][] = [[]]
  const push = (kind: TokenKind, text: string): void => {
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([])
      if (part !== '') lines[lines.length - 1]?.push({ kind, text: part })
    })
  }
  let at = 0
  for (const match of code.matchAll(PIECES)) {
    push('plain', code.slice(at, match.index))
    push(kindOf(match.groups ?? {}), match[0])
    at = match.index + match[0].length
  }
  push('plain', code.slice(at))
  return lines
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): TokenKind {
  if (groups['comment'] !== undefined) return 'comment'
  if (groups['string'] !== undefined) return 'string'
  if (groups['number'] !== undefined) return 'number'
  if (groups['private'] !== undefined) return 'private'
  const word = groups['word'] ?? ''
  if (KEYWORDS.has(word)) return 'keyword'
  if (PRIMITIVES.has(word)) return 'type'
  if (/^[A-Z][A-Z\d]*(_[A-Z\d]+)*$/.test(word) && word.length > 1) return 'constant'
  return /^[A-Z]/.test(word) ? 'type' : 'plain'
}
