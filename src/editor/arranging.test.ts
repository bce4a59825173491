import { expect, test } from 'vitest'
import { blueprint, node } from '../sim/testing/blueprints.ts'
import { applyCommand } from './apply.ts'
import { alignment, type Alignment } from './arranging.ts'

const at = (id: string, x: number, y: number) => ({ ...node(id, 'service'), position: { x, y } })
const drawing = blueprint([at('a', 0, 10), at('b', 300, 90), at('c', 320, 50), at('d', 1_000, 0)], [])
const places = (how: Alignment, ids: string[]): number[][] | undefined => {
  const command = alignment(drawing, ids, how)
  return command && applyCommand(drawing, command).nodes.map(({ position: { x, y } }) => [x, y])
}

test('a row takes the line of its first node and leaves nobody on top of another', () => {
  expect(places('row', ['a', 'b', 'c'])).toEqual([[0, 10], [300, 10], [544, 10], [1_000, 0]])
})

test('a column takes the line of its highest node', () => {
  expect(places('column', ['a', 'c'])).toEqual([[0, 10], [300, 90], [0, 200], [1_000, 0]])
})

test('spreading keeps the ends and evens out the rest', () => {
  expect(places('spread-row', ['a', 'b', 'd'])).toEqual([[0, 10], [500, 90], [320, 50], [1_000, 0]])
})

test('there is nothing to line up about one, or to spread about two', () => {
  expect(places('row', ['a'])).toBeUndefined()
  expect(places('spread-row', ['a', 'b'])).toBeUndefined()
})
