import { expect, it } from 'vitest'
import { planExport, type RecordedRun } from './index.ts'
import { expectFormatted } from '../testing/format.ts'
import { policyBlueprint } from '../testing/policy-nodes.ts'
import { sagaBlueprint } from '../testing/saga-nodes.ts'
import { sliceBlueprint } from '../testing/slice-nodes.ts'
import { everySliceShape } from '../testing/slice-shapes.ts'
import { typeErrors } from '../testing/type-check.ts'

const NO_RUN: RecordedRun = { breakers: {} }

/** What the functions of a wiring call their own, and labels that fall back to such a name. */
const LABELS = [
  'Saga', 'サガ', 'class', 'clock', 'services', 'log', 'options', 'ports', 'projector', 'store', 'read model', 'dead letters', 'commands', 'queries', 'stop',
  'request', 'signal', 'T', 'timeout signal', 'retry signal', 'retry signal 2', 'own signal', 'circuit-breaker', 'cqrs', 'Cqrs ports',
]

it('the wiring type-checks when nodes are called as its own functions call things', () => {
  const sources = LABELS.flatMap((label, index) => {
    const [saga, slice] = [sagaBlueprint({}, label), sliceBlueprint({ projector: { onError: 'park', idempotency: 'version-check' } }, label)]
    const [alone, chain] = [policyBlueprint([['circuit-breaker', {}, label]], label), policyBlueprint([['timeout'], ['retry'], ['retry', {}, label], ['timeout', {}, label]])]
    return [saga, slice, alone, chain].flatMap((blueprint, drawing) => {
      const plan = planExport(blueprint, NO_RUN, { target: 'zero-dep' })
      return [...plan!].filter(([path]) => path.startsWith('src/')).map(([path, text]) => [`${index}-${drawing}/${path}`, text] as const)
    })
  })
  expect(typeErrors(Object.fromEntries(sources))).toBe('')
}, 120_000)

it('the wiring type-checks and is laid out as a formatter would, whatever is configured', async () => {
  const slices = everySliceShape().filter((_shape, index) => index % 7 === 0).map((shape) => sliceBlueprint(shape))
  const sagas = [sagaBlueprint({}), sagaBlueprint({ logDurable: false }), sagaBlueprint({ logDurable: false }, 'A')]
  const plans = [...slices, ...sagas].map((blueprint) => planExport(blueprint, NO_RUN, { target: 'zero-dep' })!)
  const sources = plans.flatMap((plan, index) => [...plan].filter(([path]) => path.startsWith('src/')).map(([path, text]) => [`${index}/${path}`, text] as const))
  expect(typeErrors(Object.fromEntries(sources))).toBe('')
  for (const text of new Set(plans.map((plan) => plan.get('src/wiring.ts')!))) await expectFormatted(text)
}, 120_000)
