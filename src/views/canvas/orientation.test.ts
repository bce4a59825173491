import { expect, test } from 'vitest'
import { toBlueprint, toScreen } from './orientation.ts'

test('an upright drawing turns columns into rows', () => {
  expect(toScreen({ x: 732, y: 190 }, 'upright')).toEqual({ x: 268, y: 498 })
  expect(toScreen({ x: 732, y: 190 }, 'lying')).toEqual({ x: 732, y: 190 })
})

test('there is a way back', () => {
  for (const orientation of ['lying', 'upright'] as const) {
    for (const position of [{ x: 0, y: 0 }, { x: 244, y: 190 }, { x: -731, y: 57 }]) {
      const back = toBlueprint(toScreen(position, orientation), orientation)
      expect(back.x).toBeCloseTo(position.x, 6)
      expect(back.y).toBeCloseTo(position.y, 6)
    }
  }
})
