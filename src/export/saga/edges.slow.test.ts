import { expect, it } from 'vitest'
import { loadCode, type Module } from '../../proof/load.ts'
import { sagaSubject } from '../../proof/saga.ts'
import { Turns } from '../../proof/turns.ts'
import { generateSnippet } from '../index.ts'
import { sagaBlueprint } from '../testing/saga-nodes.ts'
import { everySagaShape } from '../testing/saga-shapes.ts'
import { sagaEdges } from './edges.ts'
import { sagaSettings } from './settings.ts'

/** All take minutes; this step meets every value of every dimension. */
const EACH = 7

it('the code of every sort of config keeps to its edges, crashes included', async () => {
  const turns = new Turns()
  const load = (text: string): Module => loadCode(text, new Map(), turns.next)
  const ends = new Map<string, number>()
  for (const shape of everySagaShape().filter((_, index) => index % EACH === 0)) {
    const blueprint = sagaBlueprint(shape)
    const node = blueprint.nodes[0]!
    const runs = sagaEdges(sagaSettings(node))
    for (const { outcome = 'unfinished' } of runs) ends.set(outcome, (ends.get(outcome) ?? 0) + 1)
    const { code } = generateSnippet(blueprint, 'saga')!
    const setting = { blueprint, node, target: 'zero-dep', run: { breakers: {}, sagas: { saga: { runs, leftOut: 0 } } }, load, turn: turns.next } as const
    const { divergence } = await sagaSubject.compare(load(code), setting, false)
    expect(divergence, JSON.stringify(shape)).toBeUndefined()
  }
  turns.close()
  for (const end of ['completed', 'compensated', 'parked']) expect(ends.get(end) ?? 0, end).toBeGreaterThan(300)
}, 200_000)
