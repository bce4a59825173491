import { describe, expect, test } from 'vitest'
import { FLIGHT_US, type RecordWindow } from '../../../player/types.ts'
import { Outcome, RECORD_WORDS, RecordKind, TraceBuffer } from '../../../sim/record.ts'
import type { Transition } from '../../../trace/facts.ts'
import { collectFlights, Flights, type FlightsStyle, type IsProbing } from './flights.ts'
import { Glyph, glyphPath, GLYPH_LOOKS, type GlyphNumber } from './glyphs.ts'
import { ProbeTimes } from './probe-times.ts'
import { CallRates, isDrawn, shareFor } from './shares.ts'

type Written = readonly [timeUs: number, kind: number, node: number, call: number, a: number, b: number, c: number]

function windowOf(records: readonly Written[]): RecordWindow {
  const trace = new TraceBuffer()
  for (const [timeUs, kind, node, call, a, b, c] of records) trace.write(timeUs, kind, node, 1, call, a, b, c)
  const { words } = trace.read(0)
  return { words, count: words.length / RECORD_WORDS }
}

function flightsAt(records: readonly Written[], playheadUs: number, isProbing: IsProbing = () => false, style: Partial<FlightsStyle> = {}) {
  const window = windowOf(records)
  const flights = new Flights()
  collectFlights(flights, window, playheadUs, { rates: new CallRates(window, playheadUs), isProbing, looks: [], watched: 0, ...style })
  return Array.from({ length: flights.count }, (_, at) => ({
    edge: flights.edge[at],
    glyph: flights.glyph[at],
    share: Math.round(flights.share[at]! * 1000) / 1000,
    isReply: flights.isReply[at] === 1,
  }))
}

const call = (atUs: number, id: number, node = 0, parent = 0): Written => [atUs, RecordKind.call, node, id, 3, 0, parent]
const reply = (atUs: number, id: number, outcome: number): Written => [atUs, RecordKind.reply, 1, id, 3, outcome, 0]

describe('collectFlights', () => {
  test('a call flies from the moment it is made for as long as a flight takes', () => {
    const records = [call(1_000_000, 1)]
    expect(flightsAt(records, 999_999)).toEqual([])
    expect(flightsAt(records, 1_000_000)).toEqual([{ edge: 3, glyph: Glyph.request, share: 0, isReply: false }])
    expect(flightsAt(records, 1_000_000 + FLIGHT_US / 2)).toMatchObject([{ share: 0.5 }])
    expect(flightsAt(records, 1_000_000 + FLIGHT_US)).toEqual([])
  })

  test('a call is drawn as its type looks', () => {
    const looks = ['compensation'] as const
    expect(flightsAt([call(0, 1)], 0, undefined, { looks })).toMatchObject([{ glyph: Glyph.compensation }])
  })

  test('what belongs to another request than the one followed fades', () => {
    const window = windowOf([call(0, 1)])
    const opacities = [0, 1, 2].map((watched) => {
      const flights = new Flights()
      collectFlights(flights, window, 0, { rates: new CallRates(window, 0), isProbing: () => false, looks: [], watched })
      return flights.opacity[0]! > 0.5
    })
    expect(opacities).toEqual([true, true, false])
  })

  test.each([
    [Outcome.ok, Glyph.ok],
    [Outcome.fallback, Glyph.fallback],
    [Outcome.rejected, Glyph.rejected],
    [Outcome.failed, Glyph.failed],
    [Outcome.timedOut, Glyph.failed],
  ])('an answer with outcome %i flies back as glyph %i', (outcome, glyph) => {
    expect(flightsAt([reply(0, 1, outcome | (3 << 8))], FLIGHT_US / 4)).toEqual([{ edge: 3, glyph, share: 0.75, isReply: true }])
  })

  test('a late answer is marked as late', () => {
    const records = [reply(0, 1, Outcome.ok), [0, RecordKind.late, 0, 1, 3, Outcome.ok, 9] as const]
    expect(flightsAt(records, 10)).toMatchObject([{ glyph: Glyph.late }])
  })

  test('what is lost stops on its way', () => {
    const lost = (what: number): Written => [0, RecordKind.lost, 0, 1, 3, what, 0]
    expect(flightsAt([call(0, 1), lost(0)], FLIGHT_US * 0.9)).toMatchObject([{ glyph: Glyph.lost, share: 0.55 }])
    expect(flightsAt([reply(0, 1, Outcome.ok), lost(1)], FLIGHT_US * 0.9)).toMatchObject([{ glyph: Glyph.lost, share: 0.45, isReply: true }])
  })

  test('a duplicate flies as a copy', () => {
    expect(flightsAt([[0, RecordKind.lost, 0, 2, 3, 2, 0], call(0, 1)], 10).map(({ glyph }) => glyph)).toEqual([Glyph.copy, Glyph.request])
  })

  test('a probe stays one on its way further down', () => {
    const records = [call(0, 1, 7), call(5_000, 2, 8, 1), call(5_000, 3, 8, 99)]
    const glyphs = flightsAt(records, 10_000, (node) => node === 7).map(({ glyph }) => glyph)
    expect(glyphs).toEqual([Glyph.probe, Glyph.probe, Glyph.request])
  })

  test('ignores records after the playhead', () => {
    expect(flightsAt([call(0, 1), call(400_000, 2)], 100_000)).toHaveLength(1)
  })
})

describe('how many calls one particle stands for', () => {
  test('one, until there are more than some thirty a second', () => {
    expect([0, 24, 36, 37, 72, 73, 2_000].map(shareFor)).toEqual([1, 1, 1, 2, 2, 4, 64])
  })

  test('the same call is always drawn or never, and about one of n is', () => {
    for (const share of [2, 8, 64]) {
      // Every third number: the rhythm calls have on one line of three.
      const ids = Array.from({ length: 30_000 }, (_, index) => 1 + index * 3)
      const drawn = ids.filter((id) => isDrawn(id, share)).length
      expect(drawn / ids.length).toBeGreaterThan(0.8 / share)
      expect(drawn / ids.length).toBeLessThan(1.2 / share)
      expect(ids.filter((id) => isDrawn(id, share * 2)).every((id) => isDrawn(id, share))).toBe(true)
    }
  })

  test('goes by the second before, and counts the last second', () => {
    const records = Array.from({ length: 200 }, (_, index) => call(index * 10_000, index + 1))
    const rates = new CallRates(windowOf(records), 1_999_999)
    expect(rates.perSecond(3)).toBe(100)
    expect(rates.perSecond(4)).toBe(0)
    expect(rates.shareAt(3, 100_000)).toBe(1)
    expect(rates.shareAt(3, 1_500_000)).toBe(4)
  })

  test('keeps a busy line to about thirty a second', () => {
    const records = Array.from({ length: 4_000 }, (_, index) => call(index * 500, index + 1))
    const count = flightsAt(records, 1_999_999).length
    expect(count).toBeGreaterThan(5)
    expect(count).toBeLessThan(37 * 0.45 * 1.6)
  })
})

test('probe times span from the change into a trial to the change out of it', () => {
  const change = (atUs: number, from: string, to: string): Transition => ({
    index: 0, atUs, node: 'b', from, to, signal: '', evidence: 0, why: '', request: 0, call: 0,
  })
  const isTrial = (_node: string, state: string): boolean => state === 'HALF_OPEN'
  const times = new ProbeTimes(isTrial).read([change(10, 'OPEN', 'HALF_OPEN'), change(20, 'HALF_OPEN', 'OPEN')])
  expect([9, 10, 15, 20, 21].map((atUs) => times.isProbing('b', atUs))).toEqual([false, true, true, true, false])
  expect(times.isProbing('other', 15)).toBe(false)
  const fromStart = new ProbeTimes(isTrial).read([change(20, 'HALF_OPEN', 'CLOSED')])
  expect(fromStart.isProbing('b', 3)).toBe(true)
  const first = [change(10, 'OPEN', 'HALF_OPEN')]
  const growing = new ProbeTimes(isTrial).read(first)
  expect(growing.isProbing('b', 50)).toBe(true)
  growing.read([...first, change(20, 'HALF_OPEN', 'OPEN')])
  expect([15, 50].map((atUs) => growing.isProbing('b', atUs))).toEqual([true, false])
  expect(growing.read([change(40, 'OPEN', 'HALF_OPEN')]).isProbing('b', 15)).toBe(false)
})

test('no two glyphs share a shape', () => {
  const paths = GLYPH_LOOKS.map(({ how }, glyph) => `${how} ${glyphPath(glyph as GlyphNumber, 5)}`)
  expect(new Set(paths).size).toBe(paths.length)
})
