import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { replayVector } from '../../cli/conform/replay.ts'
import { parseVectors } from '../../cli/conform/vectors.ts'
import { verdictLine } from '../../cli/conform/verdict.ts'

const { presets, vectors } = parseVectors(readFileSync(new URL('testdata/resilience4j-vectors.json', import.meta.url), 'utf8'))

describe('resilience4j, call by call', () => {
  test.each(vectors.map((vector) => [vector.id, vector['title'], vector] as const))('%s: %s', (id, _title, vector) => {
    expect(verdictLine(id, replayVector(vector, presets))).toBe(`PASS ${id}`)
  })

  test('all 37 given vectors are here', () => {
    expect(vectors).toHaveLength(37)
  })
})
