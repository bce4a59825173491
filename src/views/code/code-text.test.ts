import { describe, expect, it } from 'vitest'
import { generateSnippet } from '../../export/index.ts'
import { parseBlueprint } from '../../model/parse.ts'
import opening from '../../scenarios/breaker-saves-the-day.json' with { type: 'json' }
import { changedLines } from './changed-lines.ts'
import { tokenLines } from './tokens.ts'

const { blueprint } = parseBlueprint(opening)
const code = blueprint ? (generateSnippet(blueprint, 'breaker')?.code ?? '') : ''

describe('tokenLines', () => {
  it('loses no character, in our own code and in any other', () => {
    for (const text of [code, "'open", '/* never closed\n x', '`a${b}` /re/g <b>\r\n', '', '\n\n', 'a # b #c 1_0 0x1f ü']) {
      expect(tokenLines(text).map((line) => line.map((token) => token.text).join('')).join('\n')).toBe(text)
    }
  })

  it('tells keywords, types, constants, strings, numbers and comments apart', () => {
    const kinds = (line: string) => tokenLines(line).flat().filter((token) => token.text.trim() !== '').map((token) => `${token.kind} ${token.text.trim()}`)
    expect(kinds("const OPEN_MS = 2_500; // 'no string'")).toEqual([
      'keyword const', 'constant OPEN_MS', 'plain =', 'number 2_500', 'plain ;', "comment // 'no string'",
    ])
    expect(kinds(`#state: CircuitState = "a 'b' \\" // c";`)).toEqual([
      'private #state', 'plain :', 'type CircuitState', 'plain =', `string "a 'b' \\" // c"`, 'plain ;',
    ])
  })

  it('keeps a comment one over several lines', () => {
    expect(tokenLines('/** a\n * const b\n */ const').map((line) => line.map((token) => token.kind))).toEqual([
      ['comment'], ['comment'], ['comment', 'plain', 'keyword'],
    ])
  })
})

describe('changedLines', () => {
  const changed = (before: string, after: string) => [...changedLines(before.split(' '), after.split(' '))]

  it('finds what is new, different or gone', () => {
    expect(changed('a b c', 'a b c')).toEqual([])
    expect(changed('a b c', 'a x c')).toEqual([1])
    expect(changed('a c', 'a b c d')).toEqual([1, 3])
    expect(changed('a b c', 'a c')).toEqual([1])
    expect(changed('a b c d e', 'a x c y e')).toEqual([1, 3])
  })

  it('marks only the number when a number changes', () => {
    const other = code.replace('const OPEN_MS = 2_500;', 'const OPEN_MS = 3_000;')
    const lines = changedLines(code.split('\n'), other.split('\n'))
    expect([...lines].map((line) => other.split('\n')[line])).toEqual(['const OPEN_MS = 3_000;'])
  })
})
