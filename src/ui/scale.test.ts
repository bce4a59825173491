import { describe, expect, it } from 'vitest'
import { fromPosition, movedTo, sliderRange, toPosition } from './scale.ts'

describe('a slider scale', () => {
  it('goes in whole steps on a linear scale, from the least value to the largest', () => {
    expect(sliderRange('linear', 2, 9, 0.5)).toEqual({ min: 0, max: 14, step: 1 })
    expect([0, 5, 14].map((position) => fromPosition('linear', position, 2, 9, 0.5))).toEqual([2, 4.5, 9])
    expect(toPosition('linear', 4, 2, 9, 0.5)).toBe(4)
    // A least value beside the steps is one of its own.
    expect([0, 1, 50, 100].map((position) => fromPosition('linear', position, 0.1, 100, 1))).toEqual([0.1, 1, 50, 100])
    expect([0.1, 1, 50, 100].map((value) => toPosition('linear', value, 0.1, 100, 1))).toEqual([0, 1, 50, 100])
    expect(sliderRange('linear', 0.1, 100, 1).max).toBe(100)
    expect(fromPosition('linear', 3, 0, 1, 0.1)).toBe(0.3)
  })

  it('moves on with every step, also where many positions stand for one value', () => {
    for (const [min, max] of [[1, 10_000], [0, 500]] as const) {
      const values: number[] = [min]
      while (values.at(-1)! < max) {
        const value = values.at(-1)!
        const next = movedTo('log', toPosition('log', value, min, max, 1) + 1, value, min, max, 1)
        expect(next).toBeGreaterThan(value)
        values.push(next)
      }
      for (const value of values.slice(1)) expect(movedTo('log', toPosition('log', value, min, max, 1) - 1, value, min, max, 1)).toBeLessThan(value)
    }
    expect(movedTo('log', 200, 10_000, 1, 10_000, 1)).toBe(10_000)
  })

  it('reaches both ends of a log scale exactly', () => {
    expect(fromPosition('log', 0, 1, 60_000, 1)).toBe(1)
    expect(fromPosition('log', 200, 1, 60_000, 1)).toBe(60_000)
    expect(toPosition('log', 60_000, 1, 60_000, 1)).toBe(200)
    expect(toPosition('log', 1, 1, 60_000, 1)).toBe(0)
  })

  it('comes back to about the same value on a log scale', () => {
    for (const value of [1, 12, 250, 2_500, 41_000]) {
      const back = fromPosition('log', toPosition('log', value, 1, 60_000, 1), 1, 60_000, 1)
      expect(Math.abs(back - value) / value).toBeLessThan(0.06)
    }
  })

  it('starts a log scale from zero when zero is allowed', () => {
    expect(toPosition('log', 0, 0, 10_000, 1)).toBe(0)
    expect(fromPosition('log', 0, 0, 10_000, 1)).toBe(0)
    expect(toPosition('log', 0.5, 0, 10_000, 1)).toBeGreaterThan(0)
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
    expect(toPosition(stops, 1, 0.1, 20, 1)).toBe(3)
    expect(toPosition(stops, 7, 0.1, 20, 1)).toBe(5)
    expect(fromPosition(stops, 7, 0.1, 20, 1)).toBe(20)
  })
})
