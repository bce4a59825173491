import { expect, test } from 'vitest'
import { extraText, mitigationsOf, readersOf, writersOf, type Drawing } from './mitigations.ts'

const node = (id: string, kind: string, config: Record<string, unknown> = {}) => ({ id, kind, label: id, config })

const drawing: Drawing = {
  nodes: [
    node('handler', 'command-handler'),
    node('retry', 'retry'),
    node('log', 'event-log'),
    node('projector', 'projector', { lifecycle: 'async' }),
    node('view', 'read-model'),
    node('first', 'query-handler', { strategy: 'none' }),
    node('second', 'query-handler', { strategy: 'sticky' }),
    node('elsewhere', 'query-handler', { strategy: 'none' }),
  ],
  edges: [
    { from: 'handler', to: 'retry' },
    { from: 'retry', to: 'log' },
    { from: 'log', to: 'projector' },
    { from: 'projector', to: 'view' },
    { from: 'first', to: 'view' },
    { from: 'second', to: 'view' },
  ],
}
const ids = { projector: 'projector', readModel: 'view' }

test('a switch changes the setting of the node that has it', () => {
  expect(mitigationsOf(drawing, ids, 'projector').map(({ change }) => change)).toEqual([
    { node: 'first', field: 'strategy', value: 'wait-for-version' },
    { node: 'first', field: 'strategy', value: 'return-from-command' },
    { node: 'first', field: 'strategy', value: 'sticky' },
    { node: 'projector', field: 'lifecycle', value: 'inline' },
  ])
})

test('a panel of a query handler switches its own; what is on is switched off', () => {
  const sticky = mitigationsOf(drawing, ids, 'second').find(({ id }) => id === 'sticky')
  expect(sticky).toMatchObject({ isOn: true, change: { node: 'second', field: 'strategy', value: 'none' } })
})

test('readers and writers are found through whatever stands between', () => {
  expect(readersOf(drawing, 'view').map(({ id }) => id)).toEqual(['first', 'second'])
  expect(writersOf(drawing, 'log').map(({ id }) => id)).toEqual(['handler'])
  expect(readersOf(drawing, undefined)).toEqual([])
})

test('what is extra is told with its sign', () => {
  expect([extraText(82, 2), extraText(2.14, 2.1), extraText(5, 9.5), extraText(1_500, 0), extraText(NaN, 1)]).toEqual(['+80 ms', '±0', '−4.5 ms', '+1.5 s', '–'])
})
