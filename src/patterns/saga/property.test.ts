import * as fc from 'fast-check'
import { test } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import { blueprint, runWhole } from '../../sim/testing/blueprints.ts'
import { holds } from '../../sim/testing/property.ts'
import type { SagaConfig } from './config.ts'
import { brokenPromises, talesOf } from './testing/judge.ts'
import { arbitrarySaga, SAFE, type SagaDrawing } from './testing/random-sagas.ts'

const open = ({ nodes, edges, more }: SagaDrawing): Blueprint => blueprint(nodes, edges, { ...more })
const configOf = (of: Blueprint): SagaConfig => of.nodes.find(({ id }) => id === 'saga')!.config as unknown as SagaConfig

/** What is wrong with a run, by the judge of its own and by the observer. */
function wrongs(of: Blueprint): string[] {
  const { records, names, violations, counts } = runWhole(of)
  const tales = talesOf(records, names.nodes.indexOf('saga'))
  const told = tales.filter(({ end }) => end === 'parked').length
  return [
    ...tales.flatMap((tale) => brokenPromises(tale, configOf(of))),
    ...violations.map(({ why }) => `observer: ${why}`),
    ...(counts['sagas']!['parked'] === told ? [] : [`${told} are parked, ${counts['sagas']!['parked']} are told of`]),
  ]
}

test('with a durable log written ahead, compensations that count before the action, a barrier and a pivot that is asked again, every promise is kept', () => {
  holds(
    fc.property(arbitrarySaga(SAFE), (drawing) => {
      const found = wrongs(open(drawing))
      if (found.length > 0) throw new Error(found.join('\n'))
    }),
    { runs: 300 },
  )
})
