import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { msToUs } from '../base/time.ts'
import type { Blueprint } from '../model/blueprint.ts'
import { findPattern } from '../patterns/index.ts'
import { scenarios } from '../scenarios/index.ts'
import { holds } from '../sim/testing/property.ts'
import { RECORD_WORDS, RecordKind, recordTimeUs } from '../sim/record.ts'
import { breakpointKey, type Breakpoint } from '../trace/breakpoints.ts'
import { runBlueprint } from './run.ts'
import { Session } from './session.ts'
import type { RunStop } from './types.ts'

const of = (id: string): Blueprint => scenarios.find((scenario) => scenario.id === id)!.blueprint
const breaker = of('breaker-saves-the-day')
const storm = of('retry-storm')
const saga = of('order-saga')
const projection = of('projector-too-slow')
const opens: Breakpoint = { node: 'breaker', what: { state: 'OPEN' }, isOff: false }
const moment = (node: string, type: string, amount = 0): Breakpoint => ({ node, what: { moment: type, amount }, isOff: false })

/** Plays to the end in steps of so much simulated time, in bites of so many events, going on after every stop. */
function playThrough(blueprint: Blueprint, breakpoints: readonly Breakpoint[], stepUs: number, bite = Infinity, fromUs = 0, session = new Session(blueprint)): RunStop[] {
  session.setBreakpoints(breakpoints)
  session.aim(fromUs)
  while (!session.advance());
  session.takeFrame(true, true)
  const endUs = msToUs(blueprint.durationMs)
  const stops: RunStop[] = []
  while (session.kernel.nowUs < endUs) {
    session.aim(Math.min(endUs, session.kernel.nowUs + stepUs), true)
    while (!session.play(bite));
    const frame = session.takeFrame(true, true)
    for (const stop of frame.stops) expect(stop.atUs).toBe(frame.nowUs)
    stops.push(...frame.stops)
  }
  return stops
}

const times = (stops: readonly RunStop[]): number[] => stops.map(({ atUs }) => atUs)

describe('what the moments are', () => {
  test('a breaker opens: each time it does, for the reason that the history tells', () => {
    const stops = playThrough(breaker, [opens], 50_000)
    const opened = runBlueprint(breaker, { keepTrace: false }).transitions.filter(({ node, to }) => node === 'breaker' && to === 'OPEN')
    expect(opened.length).toBeGreaterThan(1)
    expect(stops).toMatchObject(opened.map(({ atUs, index, why }) => ({ atUs, index, why, node: 'breaker' })))
  })

  test('a request fails: every instant at which a client gets neither an answer nor a fallback', () => {
    const { trace, names } = runBlueprint(storm, { keepTrace: true })
    const client = storm.nodes.find(({ kind }) => kind === 'client')!.id
    const failed = trace.flatMap((words) =>
      Array.from({ length: words.length / RECORD_WORDS }, (_, index) => index * RECORD_WORDS).flatMap((at) => {
        const isResult = (words[at + 2]! & 0xff) === RecordKind.result && names.nodes[words[at + 2]! >>> 8] === client
        return isResult && (words[at + 6]! & 0xff) > 1 ? [recordTimeUs(words, at)] : []
      }),
    )
    expect(failed.length).toBeGreaterThan(3)
    expect(times(playThrough(storm, [moment(client, 'failure')], 100_000))).toEqual([...new Set(failed)])
  })

  test('a saga starts to compensate: once each, when it turns around and not before', () => {
    const node = saga.nodes.find(({ kind }) => kind === 'saga')!.id
    const session = new Session(saga)
    const stops = playThrough(saga, [moment(node, 'compensation')], 100_000, Infinity, 0, session)
    const requests = stops.map(({ request }) => request)
    expect(new Set(requests).size).toBe(requests.length)
    expect(stops.length).toBeGreaterThan(0)
    for (const { request, atUs } of stops.slice(0, 5)) {
      const states = [atUs - 1, atUs].map((us) => {
        session.aim(us)
        while (!session.advance());
        session.watched = request
        const facts = session.nodeFrames().find(({ id }) => id === node)!.facts as { recent: { request: number; state: string }[] }
        return facts.recent.find((one) => one.request === request)?.state
      })
      expect(states[0], `before ${atUs}`).not.toBe('compensating')
      expect(states[1]).toBe('compensating')
    }
    const { counts } = runBlueprint(saga, { keepTrace: false })
    expect(stops.length).toBeGreaterThanOrEqual(counts['sagas']!['compensated']!)
  })

  test('lag goes above a number: when it does, and again only after it was no more than that', () => {
    const node = projection.nodes.find(({ kind }) => kind === 'projector')!.id
    const session = new Session(projection)
    const lagAt = (us: number): number => (session.observers.facts(session.compiled.nodeIds.indexOf(node), us, 0) as { lagEvents: number }).lagEvents
    for (const amount of [0, 3, 6]) {
      const stops = playThrough(projection, [moment(node, 'lag', amount)], 250_000, Infinity, 0, session)
      expect(stops.length, `above ${amount}`).toBeGreaterThan(0)
      expect(lagAt(stops[0]!.atUs - 1)).toBe(amount)
      for (const { atUs } of stops) expect(lagAt(atUs - 1)).toBeLessThanOrEqual(amount)
      for (const { atUs } of stops) expect(lagAt(atUs)).toBe(amount + 1)
    }
    expect(playThrough(projection, [moment(node, 'lag', 90_000)], 1e6)).toEqual([])
  })

  test('every moment that a kind offers can be told', () => {
    for (const { blueprint } of scenarios) {
      const session = new Session(blueprint)
      const all = blueprint.nodes.flatMap(({ id, kind }) => (findPattern(kind)?.moments ?? []).map(({ type, amount }) => moment(id, type, amount?.default ?? 0)))
      expect(() => session.setBreakpoints(all)).not.toThrow()
    }
  })
})

describe('where the playhead stops', () => {
  test('at the same times at any speed, in bites of any size, straight on or after going back', () => {
    const way = fc.record({ stepUs: fc.integer({ min: 3_000, max: 2_000_000 }), bite: fc.constantFrom(1, 7, 500, Infinity), detourUs: fc.integer({ min: 0, max: 16_000_000 }) })
    const client = storm.nodes.find(({ kind }) => kind === 'client')!.id
    const cases: readonly [Blueprint, readonly Breakpoint[]][] = [
      [breaker, [opens, { ...opens, what: { state: 'HALF_OPEN' } }]],
      [storm, [moment(client, 'failure')]],
      [projection, [moment(projection.nodes.find(({ kind }) => kind === 'projector')!.id, 'lag', 10)]],
    ]
    const expected = cases.map(([blueprint, breakpoints]) => playThrough(blueprint, breakpoints, 33_000))
    holds(
      fc.property(fc.constantFrom(0, 1, 2), way, (which, { stepUs, bite, detourUs }) => {
        const [blueprint, breakpoints] = cases[which]!
        const session = new Session(blueprint)
        session.aim(detourUs)
        while (!session.advance());
        expect(playThrough(blueprint, breakpoints, stepUs, bite, 0, session)).toEqual(expected[which])
      }),
      { runs: 8 },
    )
  })

  test('nothing of the run depends on it: the hash is that of a run nobody stopped, at the stop and at the end', () => {
    const session = new Session(breaker)
    const stops = playThrough(breaker, [opens], 400_000, 100, 0, session)
    expect(session.hash()).toBe(runBlueprint(breaker, { keepTrace: false }).hash)
    const atStop = new Session(breaker)
    atStop.setBreakpoints([opens])
    atStop.aim(msToUs(breaker.durationMs), true)
    while (!atStop.play());
    expect(atStop.kernel.nowUs).toBe(stops[0]!.atUs)
    expect(atStop.headUs).toBe(stops[0]!.atUs)
    expect(atStop.hash()).toBe(runBlueprint({ ...breaker, durationMs: stops[0]!.atUs / 1_000 }, { keepTrace: false }).hash)
  })

  test('what is off, of another drawing, or no longer there is passed over', () => {
    const none: Breakpoint[] = [
      { ...opens, isOff: true },
      { ...opens, node: 'nobody' },
      { ...opens, what: { state: 'SLEEPING' } },
      moment('breaker', 'lag'),
      moment('breaker', 'toString'),
    ]
    expect(playThrough(breaker, none, 1e6)).toEqual([])
  })

  test('two in one instant are told together', () => {
    const both = [opens, { ...opens, what: { state: 'CLOSED' } }, { ...opens, what: { state: 'HALF_OPEN' } }]
    const stops = playThrough(breaker, both, 1e6)
    expect(new Set(stops.map(({ key }) => key))).toEqual(new Set(both.map(breakpointKey)))
  })
})
