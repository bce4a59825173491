import { expect, it } from 'vitest'
import { breakerSnippet, everyShape } from '../testing/breaker-nodes.ts'
import { expectFormatted } from '../testing/format.ts'
import { sagaSnippet } from '../testing/saga-nodes.ts'
import { everySagaShape } from '../testing/saga-shapes.ts'
import { typeErrors } from '../testing/type-check.ts'

const breakers = () => everyShape().map((shape) => breakerSnippet(shape, {}, 'xstate').code)
// A part of them, in strides that no dimension of the shapes shares, so that each value meets each: a saga's machine is long.
const sagas = () => everySagaShape().filter((_, index) => index % 7 === 0).map((shape) => sagaSnippet(shape, undefined, undefined, 'xstate').code)

it('type-checks under the strictest settings that XState allows, whatever is configured', () => {
  const numbered = (name: string, codes: readonly string[]) => codes.map((code, index) => [`${name}-${index}.ts`, code])
  const files = [...numbered('breaker', breakers()), ...numbered('saga', sagas())]
  expect(typeErrors(Object.fromEntries(files), 'xstate')).toBe('')
}, 180_000)

it('is written as prettier would write it', async () => {
  for (const code of breakers().filter((_, index) => index % 5 === 0)) await expectFormatted(code)
  for (const code of sagas().filter((_, index) => index % 5 === 0)) await expectFormatted(code)
}, 180_000)

it('keeps the part a person edits short and every line readable', () => {
  for (const code of [...breakers(), ...sagas()]) {
    const lines = code.split('\n')
    expect(lines.findIndex((line) => line.startsWith('// ---'))).toBeLessThanOrEqual(130)
    expect(lines.filter((line) => line.length > 100 || /\s$/.test(line))).toEqual([])
  }
})
