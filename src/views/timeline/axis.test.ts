import { describe, expect, it } from 'vitest'
import { percent, tickText, tickTimes } from './axis.ts'

const S = 1_000_000

describe('the shared time axis', () => {
  it('has as many round ticks as there is room for', () => {
    expect(tickTimes(16 * S, 900)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16].map((s) => s * S))
    expect(tickTimes(16 * S, 300)).toEqual([0, 5, 10, 15].map((s) => s * S))
    expect(tickTimes(86_400 * S, 500).length).toBeLessThan(9)
  })

  it('names ticks', () => {
    expect(tickText(0, 16 * S)).toBe('0')
    expect(tickText(2 * S, 16 * S)).toBe('2 s')
    expect(tickText(500_000, S)).toBe('0.5 s')
    expect(tickText(120 * S, 600 * S)).toBe('2 min')
    expect(tickText(90 * S, 600 * S)).toBe('1:30')
  })

  it('places times', () => {
    expect(percent(4 * S, 16 * S)).toBe('25.0000%')
  })
})
