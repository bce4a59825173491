import { expect, it } from 'vitest'
import { loadCode } from '../../proof/load.ts'
import { sagaSubject } from '../../proof/saga.ts'
import { Turns } from '../../proof/turns.ts'
import { generateSnippet } from '../index.ts'
import { sagaBlueprint } from '../testing/saga-nodes.ts'
import { everySagaShape } from '../testing/saga-shapes.ts'
import { sagaEdges } from './edges.ts'
import { sagaSettings } from './settings.ts'

it('the code of every config keeps to its edges', async () => {
  const turns = new Turns()
  const ends = new Map<string, number>()
  const problems: string[] = []
  for (const [i, shape] of everySagaShape().entries()) {
    if (i % 9 !== 4) continue
    const blueprint = sagaBlueprint(shape)
    const node = blueprint.nodes[0]!
    const runs = sagaEdges(sagaSettings(node))
    for (const { outcome = 'unfinished' } of runs) ends.set(outcome, (ends.get(outcome) ?? 0) + 1)
    const load = (text: string) => loadCode(text, new Map(), turns.next)
    const { code } = generateSnippet(blueprint, 'saga')!
    const setting = { blueprint, node, target: 'zero-dep', run: { breakers: {}, sagas: { saga: { runs, leftOut: 0 } } }, load, turn: turns.next } as const
    const { divergence, counts } = await sagaSubject.compare(load(code), setting, false)
    if (divergence) problems.push(JSON.stringify([Object.fromEntries(Object.entries(shape).filter(([k]) => k !== 'steps')), shape.steps?.map((s) => [s.kind, s.onUnknown, s.startToCloseMs, s.scheduleToCloseMs, s.retry.maximumAttempts, s.retry.jitter, s.idempotencyKey].join()), divergence, counts]))
  }
  turns.close()
  expect(problems.slice(0, 6).join('\n\n')).toBe('')
}, 200_000)
