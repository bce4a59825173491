import { describe, expect, it } from 'vitest'
import { fromPosition, sliderRange, toPosition } from './scale.ts'

describe('a slider scale', () => {
  it('leaves a linear scale as it is', () => {
    expect(sliderRange('linear', 2, 9, 0.5)).toEqual({ min: 2, max: 9, step: 0.5 })
    expect(toPosition('linear', 4, 2, 9)).toBe(4)
    expect(fromPosition('linear', 4, 2, 9, 0.5)).toBe(4)
  })

  it('reaches both ends of a log scale exactly', () => {
    expect(fromPosition('log', 0, 1, 60_000, 1)).toBe(1)
    expect(fromPosition('log', 200, 1, 60_000, 1)).toBe(60_000)
    expect(toPosition('log', 60_000, 1, 60_000)).toBe(200)
    expect(toPosition('log', 1, 1, 60_000)).toBe(0)
  })

  it('comes back to about the same value on a log scale', () => {
    for (const value of [1, 12, 250, 2_500, 41_000]) {
      const back = fromPosition('log', toPosition('log', value, 1, 60_000), 1, 60_000, 1)
      expect(Math.abs(back - value) / value).toBeLessThan(0.06)
    }
  })

  it('starts a log scale from zero when zero is allowed', () => {
    expect(toPosition('log', 0, 0, 10_000)).toBe(0)
    expect(fromPosition('log', 0, 0, 10_000, 1)).toBe(0)
    expect(toPosition('log', 0.5, 0, 10_000)).toBeGreaterThan(0)
  })

  it('chooses round numbers between', () => {
    for (let position = 1; position < 200; position += 1) {
      const value = fromPosition('log', position, 1, 60_000, 1)
      expect(Number(value.toPrecision(2))).toBe(value)
    }
  })

  it('snaps to the nearest stop', () => {
    const stops = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20]
    expect(sliderRange(stops, 0.1, 20, 1)).toEqual({ min: 0, max: 7, step: 1 })
    expect(toPosition(stops, 1, 0.1, 20)).toBe(3)
    expect(toPosition(stops, 7, 0.1, 20)).toBe(5)
    expect(fromPosition(stops, 7, 0.1, 20, 1)).toBe(20)
  })
})
