import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { holds } from '../sim/testing/property.ts'
import { mean, NumberColumn, percentileOfSorted, standardError } from './stats.ts'

test('percentiles are by nearest rank', () => {
  const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  expect([0, 1, 10, 10.1, 50, 95, 99, 100].map((p) => percentileOfSorted(ten, p))).toEqual([1, 1, 1, 2, 5, 10, 10, 10])
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1)
  expect(hundred.map((p) => percentileOfSorted(hundred, p))).toEqual(hundred)
  expect(percentileOfSorted([7], 50)).toBe(7)
  expect(percentileOfSorted([], 50)).toBeNaN()
})

test('a percentile is the smallest value with that share at or below it', () => {
  const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 40 })
  holds(
    fc.property(values, fc.integer({ min: 1, max: 100 }), (unsorted, p) => {
      const sorted = unsorted.toSorted((left, right) => left - right)
      const share = (value: number): number => (100 * sorted.filter((other) => other <= value).length) / sorted.length
      const found = percentileOfSorted(sorted, p)
      expect(share(found)).toBeGreaterThanOrEqual(p)
      const smaller = sorted.findLast((value) => value < found)
      if (smaller !== undefined) expect(share(smaller)).toBeLessThan(p)
    }),
    { runs: 300 },
  )
})

test('mean and standard error', () => {
  expect(mean([1, 2, 6])).toBe(3)
  expect(mean([])).toBeNaN()
  // Sample variance 7, three values.
  expect(standardError([1, 2, 6])).toBeCloseTo(Math.sqrt(7 / 3), 12)
  expect(standardError([4])).toBeNaN()
})

test('a column keeps what it was given through its growth, and sorts a copy', () => {
  const column = new NumberColumn()
  const values = Array.from({ length: 5_000 }, (_, index) => ((index * 7919) % 5_003) - 2_500.5)
  for (const value of values) column.push(value)
  expect(column.length).toBe(5_000)
  const expected = values.toSorted((left, right) => left - right)
  expect([...column.sorted()]).toEqual(expected)
  column.sorted().fill(0)
  expect([...column.sorted()]).toEqual(expected)
  expect([...new NumberColumn().sorted()]).toEqual([])
})
