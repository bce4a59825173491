import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { holds } from '../sim/testing/property.ts'
import { plain } from './plain.ts'

test('what can be seen stays, what cannot is written as its code, and too much ends in an ellipsis', () => {
  expect(plain('Zahlungen 支払い 💳 <b>', 40)).toBe('Zahlungen 支払い 💳 <b>')
  expect(plain('a\n\u001b[31m\u009b\u2028\u202e\ud800', 40)).toBe('a\\u000a\\u001b[31m\\u009b\\u2028\\u202e\\ud800')
  expect(plain('abcdef', 3)).toBe('abc…')
  // Not through the middle of a character.
  expect(plain('ab💳', 3)).toBe('ab…')
})

test('any text becomes one short, well-formed line', () => {
  holds(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), fc.string({ unit: fc.constantFrom('\ud83d', '\udcb3', 'a', '\n', '\u2066') }), (text, odd) => {
      const line = plain(text + odd, 50)
      if (!line.isWellFormed() || /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(line) || line.length > 51 * 6) expect.fail(JSON.stringify(line))
    }),
    { runs: 80 },
  )
})
