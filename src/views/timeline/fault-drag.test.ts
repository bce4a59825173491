import { expect, test } from 'vitest'
import { dragged, gripAt, type Grip } from './fault-drag.ts'

test.each<[Grip, number, object]>([
  ['all', 1_234, { fromMs: 4_230, toMs: 10_230 }],
  ['all', -5_000, { fromMs: 0, toMs: 6_000 }],
  ['all', 99_000, { fromMs: 19_990, toMs: 25_990 }],
  ['from', 500, { fromMs: 3_500, toMs: 9_000 }],
  ['from', 99_000, { fromMs: 8_990, toMs: 9_000 }],
  ['to', -99_000, { fromMs: 3_000, toMs: 3_010 }],
  ['to', 99_000, { fromMs: 3_000, toMs: 20_000 }],
])('held at %s and moved by %i ms', (grip, byMs, times) => {
  expect(dragged({ fromMs: 3_000, toMs: 9_000 }, grip, byMs, 20_000)).toEqual(times)
})

test('what lasts for the rest of the run goes on doing so, unless its end is pulled in', () => {
  expect(dragged({ fromMs: 3_000 }, 'all', 100, 20_000)).toEqual({ fromMs: 3_100, toMs: undefined })
  expect(dragged({ fromMs: 3_000 }, 'to', -500, 20_000)).toEqual({ fromMs: 3_000, toMs: 19_500 })
})

test('ends are held at the ends, a short bar as a whole, words beside it too', () => {
  expect([3, 50, 97, 130].map((px) => gripAt(px, 100))).toEqual(['from', 'all', 'to', 'all'])
  expect([1, 19].map((px) => gripAt(px, 20))).toEqual(['all', 'all'])
})
