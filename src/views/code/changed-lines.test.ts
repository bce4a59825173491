import { describe, expect, it } from 'vitest'
import { generateSnippet } from '../../export/index.ts'
import { parseBlueprint } from '../../model/parse.ts'
import opening from '../../scenarios/breaker-saves-the-day.json' with { type: 'json' }
import { changedLines } from './changed-lines.ts'
import { comparable } from './use-marks.ts'

const { blueprint } = parseBlueprint(opening)

describe('changedLines', () => {
  const changed = (before: string, after: string) => [...changedLines(before.split(' '), after.split(' '))]

  it('finds what is new, different or gone', () => {
    expect(changed('a b c', 'a b c')).toEqual([])
    expect(changed('a b c', 'a x c')).toEqual([1])
    expect(changed('a c', 'a b c d')).toEqual([1, 3])
    expect(changed('a b c', 'a c')).toEqual([1])
    expect(changed('a b c d e', 'a x c y e')).toEqual([1, 3])
  })

  it('marks the number and its words in the header when a setting changes, not the hash and the link, which always do', () => {
    const written = (openMs: number, link: string) => {
      const nodes = blueprint?.nodes.map((node) => (node.id === 'breaker' ? { ...node, config: { ...node.config, waitDurationInOpenStateMs: openMs } } : node))
      return generateSnippet({ ...blueprint!, nodes: nodes! }, 'breaker', { link })?.code ?? ''
    }
    const [before, after] = [written(2_500, 'https://example.org/#share=1.a'), written(3_000, 'https://example.org/#share=1.b')]
    const lines = changedLines(comparable(before), comparable(after))
    expect([...lines].map((line) => after.split('\n')[line])).toEqual([' * Stays open   3 s', 'const OPEN_MS = 3_000;'])
  })
})
