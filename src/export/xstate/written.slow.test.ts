import { expect, it } from 'vitest'
import { breakerSnippet, everyShape } from '../testing/breaker-nodes.ts'
import { expectFormatted } from '../testing/format.ts'
import { sagaSnippet } from '../testing/saga-nodes.ts'
import { everySagaShape } from '../testing/saga-shapes.ts'
import { sliceSnippet } from '../testing/slice-nodes.ts'
import { everySliceShape } from '../testing/slice-shapes.ts'
import { typeErrors } from '../testing/type-check.ts'

const breakers = () => everyShape().map((shape) => breakerSnippet(shape, {}, 'xstate').code)
/** Of the sagas only some are compiled, in a stride that no dimension of the shapes shares: each takes the compiler half a second. `npm run test:export` takes all. */
const STRIDE = process.env['FAULTLINE_EVERY_SHAPE'] === undefined ? 23 : 1
const LIMIT_MS = STRIDE === 1 ? 1_800_000 : 180_000
const sagas = () => everySagaShape().filter((_, index) => index % STRIDE === 0).map((shape) => sagaSnippet(shape, undefined, undefined, 'xstate').code)
const slices = () => everySliceShape().map((shape) => sliceSnippet(shape, undefined, undefined, undefined, 'xstate').code)

it('type-checks under the strictest settings that XState allows, whatever is configured', () => {
  const numbered = (name: string, codes: readonly string[]) => codes.map((code, index) => [`${name}-${index}.ts`, code])
  const files = [...numbered('breaker', breakers()), ...numbered('saga', sagas()), ...numbered('slice', slices())]
  expect(typeErrors(Object.fromEntries(files), 'xstate')).toBe('')
}, LIMIT_MS)

it('is written as prettier would write it', async () => {
  for (const code of breakers().filter((_, index) => index % 13 === 0)) await expectFormatted(code)
  for (const code of sagas().filter((_, index) => index % 13 === 0)) await expectFormatted(code)
  for (const code of slices().filter((_, index) => index % 13 === 0)) await expectFormatted(code)
}, LIMIT_MS)

it('keeps the part a person edits short and every line readable', () => {
  for (const code of [...breakers(), ...sagas(), ...slices()]) {
    const lines = code.split('\n')
    expect(lines.findIndex((line) => line.startsWith('// ---'))).toBeLessThanOrEqual(130)
    expect(lines.filter((line) => line.length > 100 || /\s$/.test(line))).toEqual([])
  }
}, LIMIT_MS)
