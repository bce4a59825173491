import { expect, test } from 'vitest'
import { curveBetween, tableOf } from '../lines/geometry.ts'
import { Flights } from './flights.ts'
import { Glyph } from './glyphs.ts'
import { nearestRequest } from './nearest.ts'

/** Straight from (100, 50) to (300, 50). */
const table = tableOf(curveBetween({ x: 0, y: 0, width: 100, height: 100 }, { x: 300, y: 0, width: 100, height: 100 }))
const scene = { transform: [10, 20, 2] as const, tables: [table, undefined] }

function flying(...particles: readonly (readonly [share: number, request: number, edge?: number])[]): Flights {
  const flights = new Flights()
  for (const [share, request, edge = 0] of particles) flights.add(edge, Glyph.request, share, false, 1, request)
  return flights
}

/** Where a share of the line is on the screen, lane aside. */
const screen = (share: number) => ({ x: (100 + 200 * share) * 2 + 10, y: 50 * 2 + 20 })

test('the nearest particle within reach', () => {
  const flights = flying([0.2, 7], [0.3, 8], [0.8, 9])
  expect(nearestRequest(flights, scene, screen(0.22), 30)).toBe(7)
  expect(nearestRequest(flights, scene, screen(0.29), 30)).toBe(8)
  expect(nearestRequest(flights, scene, screen(0.55), 30)).toBe(0)
  expect(nearestRequest(flights, scene, { ...screen(0.8), y: 300 }, 30)).toBe(0)
})

test('nothing where nothing flies, on lines that are not drawn, and for nobody’s particles', () => {
  expect(nearestRequest(flying(), scene, screen(0.5), 30)).toBe(0)
  expect(nearestRequest(flying([0.5, 7, 1]), scene, screen(0.5), 30)).toBe(0)
  expect(nearestRequest(flying([0.5, 0], [0.52, 4]), scene, screen(0.5), 30)).toBe(4)
})
