import { expect, test } from 'vitest'
import type { KeyStep } from './facts.ts'
import { curvePlot, historyPlot, roundAbove, stalenessBars, timeToReach, trimmedCounts } from './plots.ts'

const box = { left: 0, top: 0, right: 100, bottom: 10 }
const step = (side: KeyStep['side'], atUs: number, value: number, version: number): KeyStep => ({ side, atUs, value, version })

test('both sides of a key are steps that go on to now', () => {
  const plot = historyPlot([step('written', 0, 1, 1), step('read', 250_000, 1, 1), step('written', 500_000, 2, 2)], 1_000_000, box)
  expect(plot).toEqual({
    fromUs: 0,
    max: 2,
    written: 'M0 10L0 10L0 5L50 5L50 0L100 0',
    read: 'M0 10L25 10L25 5L100 5',
    between: 'M0 10L0 10L0 5L50 5L50 0L100 0L100 5L25 5L25 10L0 10Z',
  })
  expect(historyPlot([], 1_000_000, box)).toBeUndefined()
})

test('a history that begins in the middle does not pretend to begin at zero', () => {
  expect(historyPlot([step('written', 0, 8, 8), step('read', 0, 7, 7)], 1_000_000, box)?.read).toBe('M0 1.3L100 1.3')
})

test('the curve ends where nothing more was seen', () => {
  const points = [{ ms: 10, probability: 0.5 }, { ms: 20, probability: 0.75 }, { ms: 40, probability: 0.75 }]
  expect(curvePlot(points, box)).toEqual({ maxMs: 50, reached: 0.75, line: 'M0 10L20 10L20 5L40 5L40 2.5L80 2.5L80 2.5L80 2.5' })
  expect([timeToReach(points, 0.5), timeToReach(points, 0.75), timeToReach(points, 0.9)]).toEqual([10, 20, undefined])
  expect(curvePlot([], box)).toBeUndefined()
})

test('versions behind are shares beside those of independent reads', () => {
  expect(stalenessBars([5, 1, 4])).toEqual([
    { label: '0', share: 0.5, independent: 0.5 },
    { label: '1', share: 0.1, independent: 0.25 },
    { label: '2+', share: 0.4, independent: 0.25 },
  ])
  expect(stalenessBars([0, 0])).toEqual([])
})

test('an empty tail is left out and a long one summed up', () => {
  expect(trimmedCounts([9, 1, 0, 0, 0, 0, 0], 6)).toEqual([9, 1, 0, 0])
  expect(trimmedCounts([9, 1, 1, 1, 1, 1, 1], 6)).toEqual([9, 1, 1, 1, 1, 2])
  expect(trimmedCounts([9], 6)).toEqual([9])
})

test('scales end at round numbers', () => {
  expect([0, 0.3, 1, 3, 82, 100, 2_980].map(roundAbove)).toEqual([1, 0.5, 1, 5, 100, 100, 5_000])
})
