import { expect, test } from 'vitest'
import { patterns } from '../patterns/index.ts'
import { breakpointKey } from '../trace/breakpoints.ts'
import { added, choicesOf, removed, stopSentence, turned, waitsFor, whatHappened, withAmount } from './breakpoints.ts'

test('every state and every moment of a kind can be chosen, and is said in words', () => {
  expect(choicesOf('client').map(({ label }) => label)).toEqual(['Sending', 'Stopped', 'A request fails'])
  expect(waitsFor('circuit-breaker', { state: 'OPEN' })).toBe('becomes Open')
  expect(whatHappened('circuit-breaker', { state: 'OPEN' })).toBe('became Open')
  expect(waitsFor('projector', { moment: 'lag', amount: 7 })).toBe('Lag goes above 7 events')
  expect(whatHappened('projector', { moment: 'lag', amount: 1 })).toBe('lag went above 1 event')
  for (const { kind } of patterns) {
    for (const { what } of choicesOf(kind)) expect([waitsFor(kind, what), whatHappened(kind, what)].join(), kind).not.toMatch(/undefined|NaN/)
  }
})

test('a drawing of a kind nobody knows offers nothing and says what was written', () => {
  expect(choicesOf('teapot')).toEqual([])
  expect(waitsFor('teapot', { state: 'HOT' })).toBe('becomes HOT')
  expect(whatHappened('teapot', { moment: 'boils', amount: 1 })).toBe('boils')
})

test('breakpoints are added once, turned off and on, and taken away', () => {
  const open = { state: 'OPEN' }
  const one = added([], 'b', open)
  const key = breakpointKey(one[0]!)
  const off = turned(one, key, true)
  expect(off).toEqual([{ node: 'b', what: open, isOff: true }])
  expect(added(off, 'b', open)).toEqual(one)
  const two = added(one, 'p', withAmount({ moment: 'lag', amount: 20 }, 5))
  expect(two[1]).toEqual({ node: 'p', what: { moment: 'lag', amount: 5 }, isOff: false })
  expect(removed(two, key)).toEqual([two[1]])
})

test('what stopped a run is told in a sentence', () => {
  expect(stopSentence('guard', 'circuit-breaker', { state: 'OPEN' })).toBe('guard became Open.')
  expect(stopSentence('web', 'client', { moment: 'failure', amount: 0 })).toBe('web: a request failed.')
  expect(stopSentence('OrderSaga', 'saga', { moment: 'compensation', amount: 0 })).toBe('OrderSaga: a saga started to compensate.')
  expect(stopSentence('Projector', 'projector', { moment: 'lag', amount: 20 })).toBe('Projector: lag went above 20 events.')
  expect(stopSentence('web', 'client', undefined)).toBe('web came to a breakpoint.')
})
