import { expect, it } from 'vitest'
import { breakerSnippet, everyShape } from '../testing/breaker-nodes.ts'
import { expectFormatted } from '../testing/format.ts'
import { typeErrors } from '../testing/type-check.ts'

const breakers = () => everyShape().map((shape) => breakerSnippet(shape, {}, 'xstate').code)

it('type-checks under the strictest settings that XState allows, whatever is configured', () => {
  const numbered = (name: string, codes: readonly string[]) => codes.map((code, index) => [`${name}-${index}.ts`, code])
  const files = [...numbered('breaker', breakers())]
  expect(typeErrors(Object.fromEntries(files), 'xstate')).toBe('')
}, 180_000)

it('is written as prettier would write it', async () => {
  // Every fifth: no dimension of the shapes has five values, so that each meets each.
  for (const code of breakers().filter((_, index) => index % 5 === 0)) await expectFormatted(code)
}, 180_000)

it('keeps the part a person edits short and every line readable', () => {
  for (const code of breakers()) {
    const lines = code.split('\n')
    expect(lines.findIndex((line) => line.startsWith('// ---'))).toBeLessThanOrEqual(60)
    expect(lines.filter((line) => line.length > 100 || /\s$/.test(line))).toEqual([])
  }
})
