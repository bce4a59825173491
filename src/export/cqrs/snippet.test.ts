import { describe, expect, it } from 'vitest'
import { expectGolden } from '../../sim/testing/golden.ts'
import { generateSnippet, hasSnippet } from '../index.ts'
import { HOSTILE } from '../testing/hostile.ts'
import { loadSnippet } from '../testing/run-snippet.ts'
import { sliceBlueprint, sliceSnippet } from '../testing/slice-nodes.ts'
import { everySliceShape } from '../testing/slice-shapes.ts'
import { SLICE_KINDS } from './plan.ts'

describe('the code of a slice', () => {
  it('reads as the golden file does', () => {
    const { code } = sliceSnippet({
      projector: { idempotency: 'version-check', batchSize: 20 }, publisher: {}, query: { strategy: 'wait-for-version' },
    })
    expectGolden(new URL('../golden/orders-cqrs.ts.txt', import.meta.url), code)
  })

  it('is the same from each of its nodes', () => {
    const blueprint = sliceBlueprint({ publisher: {}, projector: { batchSize: 7 } })
    const codes = SLICE_KINDS.map((kind) => generateSnippet(blueprint, kind)?.code)
    expect(new Set(codes).size).toBe(1)
    expect(codes[0]).toContain('const BATCH_SIZE = 7;')
    expect(SLICE_KINDS.every((kind) => hasSnippet(kind))).toBe(true)
  })

  it('leaves out what is not configured', () => {
    const { code } = sliceSnippet({ projector: { lifecycle: 'live' }, command: { concurrency: 'append-any' } })
    for (const word of ['Projector', 'ReadModel', 'Clock', 'VersionConflict', 'DeadLetters', 'session', 'after?']) expect(code).not.toContain(word)
  })

  it('keeps the part a person edits short and every line readable', () => {
    for (const shape of everySliceShape()) {
      const lines = sliceSnippet(shape).code.split('\n')
      const edited = lines.findIndex((line) => line.startsWith('// ---'))
      const code = lines.slice(lines.indexOf(' */') + 1, edited).filter((line) => line.trim() !== '')
      expect(code.length, JSON.stringify(shape)).toBeLessThanOrEqual(60)
      expect(lines.filter((line) => line.length > 100)).toEqual([])
      expect(lines.filter((line) => /\s$/.test(line))).toEqual([])
    }
  })

  it('holds hostile labels as text and runs none of them', async () => {
    for (const text of HOSTILE) {
      for (const target of ['zero-dep', 'xstate'] as const) await loadSnippet(sliceSnippet({}, 'projector', text, text, target))
    }
    expect(Reflect.get(globalThis, 'broken')).toBeUndefined()
  })
})
