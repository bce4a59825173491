import { describe, expect, test } from 'vitest'
import type { Lesson } from '../../model/blueprint.ts'
import type { Transition } from '../../trace/facts.ts'
import { beatAt, beatTimes, spotlightAt, SPOTLIGHT_US } from './beats.ts'

const change = (atUs: number, node: string, from: string, to: string): Transition => ({
  index: atUs, atUs, node, from, to, signal: '', evidence: 0, why: '', request: 0, call: 0,
})

const lesson: Lesson = {
  title: 'A lesson',
  summary: '',
  protagonist: 'b',
  beats: [
    { when: { atMs: 0 }, text: 'start', spotlight: ['a'] },
    { when: { atMs: 3_000 }, text: 'fault', spotlight: ['p'] },
    { when: { node: 'b', state: 'OPEN', nth: 1 }, text: 'opens', spotlight: ['b'] },
    { when: { node: 'b', state: 'OPEN', nth: 2 }, text: 'opens again', spotlight: ['b'] },
    { when: { node: 'b', state: 'CLOSED', nth: 1 }, text: 'closes', spotlight: [] },
  ],
  tries: [],
}

const changes = [
  change(4_500_000, 'b', 'CLOSED', 'OPEN'),
  change(5_000_000, 'other', 'CLOSED', 'OPEN'),
  change(7_000_000, 'b', 'OPEN', 'HALF_OPEN'),
  change(8_000_000, 'b', 'HALF_OPEN', 'OPEN'),
  change(11_000_000, 'b', 'HALF_OPEN', 'CLOSED'),
]

describe('beatAt', () => {
  test.each([
    [0, 'start'],
    [2_999_999, 'start'],
    [3_000_000, 'fault'],
    [4_500_000, 'opens'],
    [7_999_999, 'opens'],
    [8_000_000, 'opens again'],
    [20_000_000, 'closes'],
  ])('at %i: %s', (playheadUs, text) => {
    expect(beatAt(lesson, changes, playheadUs)?.beat.text).toBe(text)
  })

  test('a beat that never fires is passed over', () => {
    const without = changes.filter(({ atUs }) => atUs !== 8_000_000)
    expect(beatAt(lesson, without, 20_000_000)).toMatchObject({ index: 4, isLast: true })
    expect(beatTimes(lesson, without)).toEqual([0, 3_000_000, 4_500_000, undefined, 11_000_000])
  })

  test('there is none before the first', () => {
    const late: Lesson = { ...lesson, beats: lesson.beats.slice(1) }
    expect(beatAt(late, changes, 0)).toBeUndefined()
    expect(beatAt({ ...lesson, beats: [] }, changes, 0)).toBeUndefined()
  })

  test('of two at the same instant the later one in the lesson counts', () => {
    const twice: Lesson = { ...lesson, beats: [lesson.beats[0]!, { when: { atMs: 0 }, text: 'also', spotlight: [] }] }
    expect(beatAt(twice, [], 0)?.beat.text).toBe('also')
  })

  test('moving about inside a state does not enter it again', () => {
    const service: Lesson = { ...lesson, beats: [{ when: { node: 's', state: 'up', nth: 1 }, text: 'up', spotlight: [] }] }
    expect(beatTimes(service, [change(1, 's', 'up.idle', 'up.busy'), change(2, 's', 'up.busy', 'hung'), change(3, 's', 'hung', 'up.idle')])).toEqual([3])
  })
})

test('a beat lights its nodes for a while', () => {
  const now = beatAt(lesson, changes, 3_000_000)
  expect(spotlightAt(now, 3_000_000)).toEqual(['p'])
  expect(spotlightAt(now, 3_000_000 + SPOTLIGHT_US)).toEqual([])
  expect(spotlightAt(undefined, 0)).toEqual([])
})
