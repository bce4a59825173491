import { describe, it } from 'vitest'
import type { Blueprint } from '../model/blueprint.ts'
import { planExport } from './project/index.ts'
import { breakerBlueprint, breakerSnippet, everyShape } from './testing/breaker-nodes.ts'
import { expectFormatted } from './testing/format.ts'
import { everyRetryShape, policyBlueprint, policySnippet, type PolicyShape } from './testing/policy-nodes.ts'
import { sagaBlueprint, sagaSnippet } from './testing/saga-nodes.ts'
import { everySagaShape } from './testing/saga-shapes.ts'
import { sliceBlueprint, sliceSnippet } from './testing/slice-nodes.ts'
import { everySliceShape } from './testing/slice-shapes.ts'

/** Every seventh shape: no dimension has seven values, so that each value comes up, with many of the others. */
async function expectSampleFormatted<T>(shapes: readonly T[], codeOf: (shape: T) => string): Promise<void> {
  const sample = shapes.filter((_shape, index) => index % 7 === 0)
  for (const code of new Set(sample.map(codeOf))) await expectFormatted(code)
}

/** All of a project's TypeScript. */
async function expectProjectFormatted(blueprint: Blueprint, target: 'zero-dep' | 'cockatiel'): Promise<void> {
  for (const [path, text] of planExport(blueprint, { breakers: {} }, { target }) ?? []) {
    if (path.endsWith('.ts')) await expectFormatted(text)
  }
}

describe('written code is laid out as a formatter would', () => {
  it.each(['zero-dep', 'cockatiel'] as const)('of policies for %s', async (target) => {
    await expectSampleFormatted(everyShape(), (shape) => breakerSnippet(shape, {}, target).code)
    for (const shape of [...everyRetryShape(), ['timeout'] as const]) await expectFormatted(policySnippet(shape, { target }).code)
  }, 120_000)

  it('of sagas', () => expectSampleFormatted(everySagaShape(), (shape) => sagaSnippet(shape).code), 120_000)

  it('of slices', () => expectSampleFormatted(everySliceShape(), (shape) => sliceSnippet(shape).code), 120_000)

  it.each(['zero-dep', 'cockatiel'] as const)('of whole projects for %s', async (target) => {
    const label = 'A rather long label as people give one'
    const retry: PolicyShape = ['retry', { maximumAttempts: 100 }, label]
    await expectProjectFormatted(policyBlueprint([retry, retry, ['timeout', {}, label], ['circuit-breaker', {}, label], retry], label), target)
    await expectProjectFormatted(policyBlueprint([['timeout', {}, '']]), target)
    await expectProjectFormatted(policyBlueprint(everyRetryShape().filter((_shape, index) => index % 7 === 0)), target)
    await expectProjectFormatted(breakerBlueprint({ fallbackOn: 'none' }, { label, protects: label }), target)
    if (target === 'zero-dep') {
      await expectProjectFormatted(sagaBlueprint({}), target)
      await expectProjectFormatted(sliceBlueprint({}, label), target)
    }
  }, 120_000)
})
