import { expect, test } from 'vitest'
import { blueprint, chain, node } from '../sim/testing/blueprints.ts'
import { applyCommand } from './apply.ts'
import { lossText } from './losing.ts'

const before = blueprint([node('web', 'client'), node('api', 'service'), node('db', 'service')], chain('web', 'api', 'db'), {
  faults: [{ node: 'db', type: 'hang', fromMs: 1 }, { node: 'api', type: 'hang', fromMs: 1 }],
  interventions: [{ what: 'fault', node: 'db', type: 'hang', atMs: 2, forMs: 1 }],
  durationMs: 1_000,
})

test('what went with a node is told', () => {
  expect(lossText(before, applyCommand(before, { type: 'remove', ids: ['db'] }))).toBe('2 faults went with db.')
  expect(lossText(before, applyCommand(before, { type: 'remove', ids: ['api'] }))).toBe('1 fault went with api.')
  expect(lossText(before, applyCommand(before, { type: 'remove', ids: ['api', 'db'] }))).toBe('3 faults went with db, api.')
})

test('what a node of another kind cannot have is told', () => {
  const nodes = before.nodes.map((one) => (one.id === 'db' ? { ...one, kind: 'saga-log', config: {} } : one))
  expect(lossText(before, applyCommand(before, { type: 'redraw', nodes, edges: before.edges }))).toBe('2 faults of db no longer fit and are gone.')
})

test('nothing is told where nothing was lost', () => {
  expect(lossText(before, before)).toBe('')
  expect(lossText(before, applyCommand(before, { type: 'remove', ids: ['web'] }))).toBe('')
})
