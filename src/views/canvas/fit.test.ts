import { describe, expect, test } from 'vitest'
import { boundsOf, placeDrawing, ZOOM_MIN, type Placement, type Room } from './fit.ts'
import type { Rect } from './lines/geometry.ts'

const node = (column: number, row: number, height: number): Rect => ({ x: column * 244, y: row * 190, width: 200, height })
/** The opening scenario: four columns, two rows; the corners at top right and bottom left are free. */
const opening = [node(0, 0, 113), node(1, 0, 142), node(2, 0, 142), node(1, 1, 113), node(2, 1, 113), node(3, 1, 142)]

function onScreen(rect: Rect, { x, y, zoom }: Placement): Rect {
  return { x: rect.x * zoom + x, y: rect.y * zoom + y, width: rect.width * zoom, height: rect.height * zoom }
}

function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

function expectInside(nodes: readonly Rect[], placement: Placement, room: Room) {
  for (const rect of nodes.map((candidate) => onScreen(candidate, placement))) {
    expect(rect.x).toBeGreaterThanOrEqual(0)
    expect(rect.y).toBeGreaterThanOrEqual(0)
    expect(rect.x + rect.width).toBeLessThanOrEqual(room.width)
    expect(rect.y + rect.height).toBeLessThanOrEqual(room.height)
    for (const panel of room.panels) expect(overlaps(rect, panel)).toBe(false)
  }
}

describe('placeDrawing', () => {
  test.each([
    ['1280 × 720', 960, 400, 232],
    ['1440 × 900', 1_100, 560, 300],
  ])('the opening scenario is readable and clear of card and legend at %s', (_name, width, height, cardWidth) => {
    const panels = [
      { x: 10, y: height - 220, width: cardWidth, height: 210 },
      { x: width - 210, y: 10, width: 200, height: 130 },
    ]
    const room = { width, height, panels }
    const placement = placeDrawing(opening, room)
    expect(placement.zoom).toBeGreaterThanOrEqual(1)
    expectInside(opening, placement, room)
  })

  test('a small drawing stands in the middle and is not blown up', () => {
    const placement = placeDrawing([node(0, 0, 100)], { width: 1_000, height: 600, panels: [] })
    expect(placement.zoom).toBe(1.25)
    const rect = onScreen(node(0, 0, 100), placement)
    expect(rect.x + rect.width / 2).toBeCloseTo(500)
    expect(rect.y + rect.height / 2).toBeCloseTo(300)
  })

  test('a large drawing is shown whole', () => {
    const nodes = Array.from({ length: 12 }, (_, column) => node(column, column % 3, 140))
    const room = { width: 1_000, height: 600, panels: [] }
    expectInside(nodes, placeDrawing(nodes, room), room)
  })

  test('never goes below the smallest zoom, and copes with nothing to show', () => {
    const far = [node(0, 0, 100), node(1_000, 0, 100)]
    expect(placeDrawing(far, { width: 400, height: 300, panels: [] }).zoom).toBe(ZOOM_MIN)
    expect(placeDrawing([], { width: 400, height: 300, panels: [] }).zoom).toBe(1.25)
  })

  test('readable text wins over a clear panel', () => {
    const room = { width: 960, height: 400, panels: [{ x: 0, y: 0, width: 960, height: 60 }] }
    expect(placeDrawing(opening, room).zoom).toBeGreaterThanOrEqual(1)
  })
})

test('boundsOf is the rectangle around all', () => {
  expect(boundsOf(opening)).toEqual({ x: 0, y: 0, width: 932, height: 332 })
})
