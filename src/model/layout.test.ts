import { expect, test } from 'vitest'
import type { BlueprintEdge, BlueprintNode } from './blueprint.ts'
import { arranged } from './layout.ts'

/** Everybody calls three others, as deep as it goes. */
function tree(count: number) {
  const nodes = Array.from({ length: count }, (_, index) => ({ id: `n${index}` }) as BlueprintNode)
  const edges = nodes.slice(1).map(({ id }, index) => ({ id, from: `n${Math.floor(index / 3)}`, to: id }) as BlueprintEdge)
  return { nodes, edges }
}

test('two hundred nodes lie in columns that can be seen whole, none on another, callers left of what they call', () => {
  const drawing = tree(201)
  const places = Object.values(arranged(drawing))
  const spread = (axis: 'x' | 'y') => Math.max(...places.map((place) => place[axis])) - Math.min(...places.map((place) => place[axis]))
  expect(spread('y')).toBeLessThan(16 * 190)
  expect(spread('x')).toBeLessThan(20 * 244)
  const isOn = (a: { x: number; y: number }, b: { x: number; y: number }) => a !== b && Math.abs(a.x - b.x) < 200 && Math.abs(a.y - b.y) < 150
  expect(places.filter((place) => places.some((other) => isOn(place, other)))).toEqual([])
  const byId = arranged(drawing)
  expect(drawing.edges.filter(({ from, to }) => byId[from]!.x >= byId[to]!.x)).toEqual([])
})

test('a drawing of usual size keeps its lines short: whoever calls stands in the middle of what is called', () => {
  const places = arranged(tree(13))
  const called = ['n1', 'n2', 'n3'].map((id) => places[id]!.y).toSorted((a, b) => a - b)
  expect(places['n0']!.y).toBe(called[1])
})
