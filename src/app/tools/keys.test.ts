import { expect, test } from 'vitest'
import { matches } from './keys.ts'

const press = (key: string, more: Partial<Parameters<typeof matches>[0]> = {}) => ({ key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more })

test.each([
  ['Ctrl D', press('d', { ctrlKey: true }), true],
  ['Ctrl D', press('d', { metaKey: true }), true],
  ['Ctrl D', press('d'), false],
  ['Ctrl D', press('D', { ctrlKey: true, shiftKey: true }), false],
  ['C', press('c'), true],
  ['C', press('c', { ctrlKey: true }), false],
  ['C', press('c', { altKey: true }), false],
  ['Shift L', press('L', { shiftKey: true }), true],
  ['Shift L', press('l'), false],
  ['Shift 1', press('!', { shiftKey: true, code: 'Digit1' }), true],
  ['?', press('?', { shiftKey: true }), true],
  ['?', press('?'), true],
  ['F2', press('F2'), true],
  ['Delete', press('Backspace'), true],
  ['Delete', press('d'), false],
])('%s and the keys %o: %s', (keys, event, expected) => {
  expect(matches(event, keys)).toBe(expected)
})
