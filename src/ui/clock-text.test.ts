import { expect, it } from 'vitest'
import { clockText, secondsText } from './clock-text.ts'

it('shows a clock that never runs ahead', () => {
  expect(clockText(0)).toBe('00:00.00')
  expect(clockText(4_359_999)).toBe('00:04.35')
  expect(clockText(600_000_000)).toBe('10:00.00')
  expect(clockText(6_000_000_000)).toBe('100:00.00')
})

it('shows seconds without needless zeros', () => {
  expect(secondsText(4_000_000)).toBe('4 s')
  expect(secondsText(4_350_000)).toBe('4.35 s')
  expect(secondsText(100_000, 1)).toBe('0.1 s')
})
