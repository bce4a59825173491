import { expect, test } from 'vitest'
import { eventFact, inStep, keyFacts, wrongKey } from './testing/facts.ts'
import { differenceLook, driftText, durationText, eventText, lagText, percentText, pinnedText, sideText } from './words.ts'

test('the pinned key is told in one line', () => {
  expect(pinnedText(keyFacts())).toBe('Written 7 · Read 4 · 3 events behind')
  expect(pinnedText(keyFacts({ behind: 1 }))).toBe('Written 7 · Read 4 · 1 event behind')
  expect(pinnedText(inStep)).toBe('Written 7 · Read 7 · in step')
  expect(pinnedText(undefined)).toBe('nothing written yet')
})

test('being behind and being wrong are told apart, also by tone', () => {
  expect(differenceLook(keyFacts())).toMatchObject({ tone: 'warn' })
  expect(differenceLook(wrongKey)).toMatchObject({ word: 'caught up, and wrong', tone: 'down' })
  expect(differenceLook({ ...wrongKey, behind: 2 })).toMatchObject({ word: '2 behind, and wrong', tone: 'down' })
})

test('what was set aside is neither behind nor wrong, and is told by its name', () => {
  expect(differenceLook(keyFacts({ behind: 0, between: [eventFact(7, 'parked')] })).word).toBe('1 event parked')
  expect(differenceLook(keyFacts({ behind: 0, between: [eventFact(6, 'skipped'), eventFact(7, 'skipped')] })).word).toBe('2 events skipped')
})

test('lag and drift have words of their own', () => {
  expect(lagText({ lagEvents: 15, lagMs: 2_980 })).toBe('15 events · 3.0 s')
  expect(lagText({ lagEvents: 0, lagMs: 0 })).toBe('none')
  expect(driftText({ drift: 1 })).toBe('1 key: wrong until rebuilt')
  expect(driftText({ drift: 0 })).toBe('none')
})

test('durations and shares stay short', () => {
  expect([0, 1.25, 82, 999.4, 999.6, 1_250, 95_000, NaN].map(durationText)).toEqual(['0 ms', '1.3 ms', '82 ms', '999 ms', '1.0 s', '1.3 s', '95 s', '–'])
  expect([0, 0.4, 9.96, 62.5, 100, NaN].map(percentText)).toEqual(['0 %', '0.4 %', '10 %', '63 %', '100 %', '–'])
  expect([eventText(eventFact(7)), eventText({ position: 8, key: 2, amount: -3 })]).toEqual(['#7 key 1 +1', '#8 key 2 −3'])
  expect([sideText(keyFacts().written), sideText({ value: 0, version: 0, ageMs: NaN })]).toEqual(['v7 · 120 ms old', 'nothing yet'])
})
