import { expect, test } from 'vitest'
import { Outcome, packEnding, RecordKind, TraceBuffer } from '../sim/record.ts'
import { METER_WINDOW_US, NodeMeters } from './meters.ts'

/** Answers of node 0: when (s), how, after how many ms. */
function answers(list: readonly (readonly [atS: number, outcome: number, ms: number])[], kind: number = RecordKind.reply): Int32Array {
  const buffer = new TraceBuffer(2 ** Math.ceil(Math.log2(list.length + 1)))
  for (const [atS, outcome, ms] of list) buffer.write(atS * 1e6, kind, 0, 1, 1, 0, packEnding(outcome, 0, ms * 1_000), ms * 1_000)
  return buffer.read(0).words
}

const everySecond = (count: number, perSecond: number): [number, number, number][] =>
  Array.from({ length: count }, (_, index) => [(index + 1) / perSecond, Outcome.ok, 5])

test('counts the last two seconds, and since the beginning', () => {
  const meters = new NodeMeters(2)
  meters.add(answers([[1, 0, 10], [3.5, 0, 20], [4, 2, 9_999], [4.5, 1, 30], [5, 3, 1]]))
  expect(meters.stats(0, 5e6)).toEqual({
    callsPerSecond: 2,
    okPercent: 50,
    latencyMsP50: 20,
    latencyMsP95: 30,
    totals: { ok: 2, fallback: 1, failed: 1, rejected: 1, timedOut: 0 },
  })
  expect(meters.stats(1, 5e6)).toMatchObject({ callsPerSecond: 0, okPercent: NaN, latencyMsP50: NaN, totals: { ok: 0 } })
  expect(meters.stats(0, 60e6)).toMatchObject({ callsPerSecond: 0, okPercent: NaN, totals: { ok: 2 } })
})

test('clients are measured at results, everybody else at answers; other records count for nothing', () => {
  const meters = new NodeMeters(1)
  meters.add(answers([[1, 0, 1]], RecordKind.result))
  meters.add(answers([[1, 0, 1]], RecordKind.late))
  meters.add(answers([[1, 0, 1]], RecordKind.call))
  expect(meters.stats(0, 1e6).totals.ok).toBe(1)
})

test('a young run is measured over its age, half a second at least', () => {
  const meters = new NodeMeters(1)
  meters.add(answers([[0.1, 0, 1], [0.2, 0, 1]]))
  expect(meters.stats(0, 0.25e6).callsPerSecond).toBe(4)
  expect(meters.stats(0, 1e6).callsPerSecond).toBe(2)
})

test('a rate is as high as it is: ten thousand a second, whether anybody looked in between or not', () => {
  const busy = everySecond(50_000, 10_000)
  const meters = new NodeMeters(1)
  meters.add(answers(busy))
  expect(meters.stats(0, 5e6).callsPerSecond).toBe(10_000)
  const watched = new NodeMeters(1)
  for (let second = 0; second < 5; second += 1) {
    watched.add(answers(busy.slice(second * 10_000, second * 10_000 + 10_000)))
    watched.stats(0, (second + 1) * 1e6)
  }
  expect(watched.stats(0, 5e6)).toEqual(meters.stats(0, 5e6))
})

test('totals saved and restored; the window fills again', () => {
  const meters = new NodeMeters(1)
  meters.add(answers(everySecond(10, 10)))
  const saved = meters.save()
  meters.add(answers([[2, 2, 1]]))
  expect(saved[0]).toEqual([10, 0, 0, 0, 0])
  meters.restore(saved)
  expect(meters.stats(0, 1e6)).toMatchObject({ callsPerSecond: 0, totals: { ok: 10, failed: 0 } })
  meters.add(answers([[1 + METER_WINDOW_US / 1e6, 0, 1]]))
  expect(meters.stats(0, 3e6)).toMatchObject({ callsPerSecond: 0.5, totals: { ok: 11 } })
  expect(saved[0]).toEqual([10, 0, 0, 0, 0])
})
