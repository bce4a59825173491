import { expect, test } from 'vitest'
import { curveBetween, tableOf } from '../lines/geometry.ts'
import { stageOf } from './stage.ts'

const table = tableOf(curveBetween({ x: 0, y: 0, width: 100, height: 100 }, { x: 300, y: 0, width: 100, height: 100 }))
const seen = { width: 1_000, height: 500 }

test('lies around the lines, a little larger', () => {
  expect(stageOf([table, undefined], [10, 20, 1], seen)).toEqual({ x: 92, y: 52, width: 256, height: 64 })
})

test('is cut to what is seen', () => {
  expect(stageOf([table], [-150, 0, 1], seen)).toMatchObject({ x: 0 })
  expect(stageOf([table], [10, 20, 1], { width: 150, height: 500 })).toMatchObject({ x: 92, width: 64 })
})

test('there is none without lines in sight', () => {
  expect(stageOf([], [0, 0, 1], seen)).toBeUndefined()
  expect(stageOf([undefined], [0, 0, 1], seen)).toBeUndefined()
  expect(stageOf([table], [-900, 0, 1], seen)).toBeUndefined()
})
