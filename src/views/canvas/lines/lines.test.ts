import { expect, test } from 'vitest'
import { compileBlueprint } from '../../../model/compile.ts'
import { parseBlueprint } from '../../../model/parse.ts'
import { defined } from '../../../base/assert.ts'
import { ghostEdgesOf, lineId, linesOf } from './lines.ts'

const node = (id: string, kind: string, bypassed = false) => ({ id, kind, label: id, position: { x: 0, y: 0 }, bypassed })

function chain(bypassed: readonly string[]) {
  const kinds = { c: 'client', r: 'retry', t: 'timeout', s: 'service' }
  const value = {
    schemaVersion: 1,
    nodes: Object.entries(kinds).map(([id, kind]) => node(id, kind, bypassed.includes(id))),
    edges: [
      { id: 'cr', from: 'c', to: 'r', requestTypes: ['pay', 'browse'] },
      { id: 'rt', from: 'r', to: 't', requestTypes: ['pay'] },
      { id: 'ts', from: 't', to: 's' },
    ],
  }
  return defined(parseBlueprint(value).blueprint, 'the blueprint')
}

test('one line per edge while all take part', () => {
  expect(linesOf(chain([])).map(({ id, from, to }) => [id, from, to])).toEqual([['cr', 'c', 'r'], ['rt', 'r', 't'], ['ts', 't', 's']])
  expect(ghostEdgesOf(chain([]))).toEqual([])
})

test('a line goes past bypassed nodes and is reserved for what all its edges let through', () => {
  const [line, ...rest] = linesOf(chain(['r', 't']))
  expect(rest).toEqual([])
  expect(line).toEqual({ id: 'cr>rt>ts', from: 'c', to: 's', past: ['r', 't'], types: ['pay'] })
  expect(ghostEdgesOf(chain(['r', 't'])).map(({ id }) => id)).toEqual(['cr', 'rt', 'ts'])
})

test.each([[[]], [['r']], [['t']], [['r', 't']]])('every engine edge has its line, bypassed: %j', (bypassed) => {
  const blueprint = chain(bypassed)
  const ids = new Set(linesOf(blueprint).map(({ id }) => id))
  for (const path of compileBlueprint(blueprint).edgePaths) expect(ids).toContain(lineId(path))
})

test('what a node asks on its own account is no label: the node tells of it', () => {
  const value = {
    schemaVersion: 1,
    nodes: [node('c', 'client'), node('saga', 'saga'), node('s', 'service')],
    edges: [{ id: 'cs', from: 'c', to: 'saga' }, { id: 'ss', from: 'saga', to: 's', requestTypes: ['reserve_inventory', 'release_inventory', 'request'] }],
  }
  const blueprint = defined(parseBlueprint(value).blueprint, 'the blueprint')
  expect(linesOf(blueprint).map(({ types }) => types)).toEqual([[], ['request']])
})
