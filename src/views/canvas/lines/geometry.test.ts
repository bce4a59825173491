import { describe, expect, test } from 'vitest'
import { curveBetween, curvePath, curvePoint, placeOn, tableOf, type Rect } from './geometry.ts'

const size = { width: 200, height: 140 }
const at = (x: number, y: number): Rect => ({ x, y, ...size })

describe('curveBetween', () => {
  test('leaves and enters at the sides that face each other', () => {
    expect(curveBetween(at(0, 0), at(244, 0))).toMatchObject({ start: { x: 200, y: 70 }, end: { x: 244, y: 70 } })
    expect(curveBetween(at(244, 0), at(0, 0))).toMatchObject({ start: { x: 244, y: 70 }, end: { x: 200, y: 70 } })
    expect(curveBetween(at(0, 0), at(0, 190))).toMatchObject({ start: { x: 100, y: 140 }, end: { x: 100, y: 190 } })
    expect(curveBetween(at(0, 190), at(0, 0))).toMatchObject({ start: { x: 100, y: 190 }, end: { x: 100, y: 140 } })
  })

  test('goes sideways between columns, whatever the rows', () => {
    expect(curveBetween(at(244, 0), at(488, 190))).toMatchObject({ start: { x: 444, y: 70 }, end: { x: 488, y: 260 } })
  })

  test('is straight between nodes of different heights that stand side by side', () => {
    const low = { x: 0, y: 0, width: 200, height: 110 }
    expect(curveBetween(low, at(244, 0))).toMatchObject({ start: { x: 200, y: 55 }, end: { x: 244, y: 55 } })
    expect(curveBetween(low, at(244, 60))).toMatchObject({ start: { x: 200, y: 55 }, end: { x: 244, y: 130 } })
  })

  test('goes round a node it must not run through', () => {
    const middle = at(244, 0)
    const curve = curveBetween(at(0, 0), at(488, 0), [middle])
    expect(curvePoint(curve, 0.5).y).toBeGreaterThan(middle.y + middle.height)
    const column = curveBetween(at(0, 0), at(0, 380), [at(0, 190)])
    expect(curvePoint(column, 0.5).x).toBeGreaterThan(200)
  })

  test('makes no detour for a node that is not in the way', () => {
    expect(curveBetween(at(244, 0), at(488, 190), [at(244, 190)])).toEqual(curveBetween(at(244, 0), at(488, 190)))
  })
})

describe('tableOf', () => {
  test('measures straight lines exactly', () => {
    const table = tableOf(curveBetween(at(0, 0), at(244, 0)))
    expect(table.length).toBeCloseTo(44, 6)
  })

  test('steps are equally long, also on a curve', () => {
    const { xs, ys, length } = tableOf(curveBetween(at(244, 0), at(488, 190)))
    for (let step = 1; step < xs.length; step += 1) {
      const reach = Math.hypot(xs[step]! - xs[step - 1]!, ys[step]! - ys[step - 1]!)
      expect(reach).toBeCloseTo(length / (xs.length - 1), 0)
    }
  })
})

describe('placeOn', () => {
  const table = tableOf(curveBetween(at(0, 0), at(244, 0)))

  test('starts at the start, ends at the end, and stays between', () => {
    const point = { x: 0, y: 0 }
    placeOn(table, 0, 0, point)
    expect(point).toEqual({ x: 200, y: 70 })
    placeOn(table, 1, 0, point)
    expect(point.x).toBeCloseTo(244, 4)
    placeOn(table, 7, 0, point)
    expect(point.x).toBeCloseTo(244, 4)
  })

  test('keeps to the right of the direction of travel', () => {
    const point = { x: 0, y: 0 }
    placeOn(table, 0.5, 4, point)
    expect(point.x).toBeCloseTo(222, 4)
    expect(point.y).toBeCloseTo(74, 4)
  })
})

test('a curve is written as a path', () => {
  expect(curvePath(curveBetween(at(0, 0), at(244, 0)))).toBe('M200,70 C222,70 222,70 244,70')
})
