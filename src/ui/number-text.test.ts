import { describe, expect, it } from 'vitest'
import { readNumber, stepped } from './number-text.ts'

describe('readNumber', () => {
  it('reads plain, spaced and comma numbers', () => {
    expect(readNumber('42', {})).toEqual({ value: 42 })
    expect(readNumber(' 1 000 ', {})).toEqual({ value: 1000 })
    expect(readNumber('0,5', {})).toEqual({ value: 0.5 })
    expect(readNumber('1e3', {})).toEqual({ value: 1000 })
  })

  it.each([
    ['', {}, 'Type a number.'],
    ['abc', {}, 'This is not a number.'],
    ['NaN', {}, 'This is not a number.'],
    ['Infinity', {}, 'This is not a number.'],
    ['1.5', { whole: true }, 'Whole numbers only.'],
    ['0', { min: 1 }, 'At least 1.'],
    ['101', { max: 100 }, 'At most 100.'],
  ])('refuses %j under %j', (text, rules, error) => {
    expect(readNumber(text, rules)).toEqual({ error })
  })
})

describe('stepped', () => {
  it('stays inside and clean', () => {
    expect(stepped(0.1, 0.2, {})).toBe(0.3)
    expect(stepped(99, 5, { max: 100 })).toBe(100)
    expect(stepped(1, -5, { min: 0 })).toBe(0)
  })
})
