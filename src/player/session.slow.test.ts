import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { msToUs, usToMs } from '../base/time.ts'
import type { Blueprint } from '../model/blueprint.ts'
import { compileBlueprint } from '../model/compile.ts'
import { scenarios } from '../scenarios/index.ts'
import { Engine } from '../sim/engine.ts'
import { RECORD_WORDS, recordTimeUs, TraceBuffer } from '../sim/record.ts'
import { blueprint, engineOf } from '../sim/testing/blueprints.ts'
import { holds } from '../sim/testing/property.ts'
import { arbitraryDrawing } from '../sim/testing/random-blueprint.ts'
import type { NodeFrame } from '../trace/facts.ts'
import { runBlueprint } from './run.ts'
import { KEYFRAME_EVENTS, Session } from './session.ts'
import { RECORD_WINDOW_US } from './types.ts'

const opening = scenarios[0]!.blueprint

/** The opening scenario with enough load that a run has several keyframes. */
const busy: Blueprint = {
  ...opening,
  nodes: opening.nodes.map((node) =>
    node.kind === 'client' ? { ...node, config: { ...node.config, ratePerSecond: 900 } } : node.id === 'api' ? { ...node, config: { ...node.config, workers: 200 } } : node,
  ),
}
const END_US = msToUs(opening.durationMs)

const drawing = arbitraryDrawing({ risks: true, latencies: true, drains: false })

function wholeHash(of: Blueprint): string {
  return runBlueprint(of, { keepTrace: false }).hash
}

function goTo(session: Session, us: number, bite = Infinity): void {
  session.aim(us)
  while (!session.advance(bite));
}

/** What people see at a time: by a run that went straight there. */
function straightTo(of: Blueprint, us: number): NodeFrame[] {
  const session = new Session(of)
  goTo(session, us)
  return structuredClone(session.nodeFrames())
}

test('same blueprint and seed, same hash; another seed, another', () => {
  holds(
    fc.property(drawing, ({ nodes, edges, more }) => {
      const given = blueprint(nodes, edges, more)
      expect(wholeHash(given)).toBe(wholeHash(structuredClone(given)))
    }),
    { runs: 16 },
  )
  expect(wholeHash(opening)).not.toBe(wholeHash({ ...opening, seed: opening.seed + 1 }))
})

test('however a run is cut into slices and stops, the trace is the same', () => {
  const cut = fc.record({ events: fc.constantFrom(1, 2, 3, 50, 1_000), stopAtUs: fc.nat(3_000_000) })
  holds(
    fc.property(drawing, fc.array(cut, { minLength: 1, maxLength: 12 }), ({ nodes, edges, more }, cuts) => {
      const given = blueprint(nodes, edges, more)
      const endUs = msToUs(given.durationMs)
      const { engine, trace } = engineOf(given)
      for (const { events, stopAtUs } of cuts.toSorted((left, right) => left.stopAtUs - right.stopAtUs)) {
        if (engine.nowUs < stopAtUs) engine.runUntil(stopAtUs, events)
      }
      engine.runUntil(endUs)
      expect(trace.hash()).toBe(wholeHash(given))
      expect(engine.nowUs).toBe(endUs)
    }),
    { runs: 40 },
  )
})

test('stopping at each single event, and looking at what comes next, changes nothing', () => {
  const given = { ...opening, durationMs: 5_000 }
  const { engine, trace } = engineOf(given)
  const endUs = msToUs(given.durationMs)
  for (let nextUs = engine.nextEventUs(); nextUs <= endUs; nextUs = engine.nextEventUs()) {
    const before = engine.events
    engine.runUntil(nextUs, 1)
    if (engine.events - before > 1) expect.fail('two events in one step')
  }
  engine.runUntil(endUs)
  expect(trace.hash()).toBe(wholeHash(given))
})

test('seeking back and forth, in any bites, shows at each time what a run straight there shows, and ends with the same trace', () => {
  const visit = fc.record({ us: fc.integer({ min: 0, max: END_US }), bite: fc.constantFrom(700, 40_000, Infinity) })
  const expected = wholeHash(busy)
  const frames = new Map<number, NodeFrame[]>()
  const shownAt = (us: number): NodeFrame[] => {
    const known = frames.get(us) ?? straightTo(busy, us)
    frames.set(us, known)
    return known
  }
  holds(
    fc.property(fc.array(visit, { minLength: 2, maxLength: 5 }), (visits) => {
      const session = new Session(busy)
      for (const { us, bite } of visits) {
        goTo(session, us, bite)
        expect(session.kernel.nowUs).toBe(us)
      }
      const last = visits.at(-1)!
      expect(session.nodeFrames()).toEqual(shownAt(last.us))
      goTo(session, END_US)
      expect(session.hash()).toBe(expected)
      expect(session.history.series(END_US).counts).toEqual(wholeSeries())
    }),
    { runs: 8 },
  )
})

let series: number[][][] | undefined
function wholeSeries(): number[][][] {
  series ??= runBlueprint(busy, { keepTrace: false }).history.series(END_US).counts
  return series
}

test('a run has keyframes, and each continues hash-identically in a fresh engine, also after a copy', () => {
  const session = new Session(busy)
  goTo(session, END_US)
  const keyframes = session.keyframes()
  expect(session.kernel.events).toBeGreaterThan(3 * KEYFRAME_EVENTS)
  expect(keyframes.length).toBeGreaterThan(3)
  const { input } = compileBlueprint(busy)
  for (const keyframe of keyframes) {
    const trace = new TraceBuffer()
    const engine = new Engine(input, { trace })
    engine.restore(structuredClone(keyframe))
    engine.runUntil(END_US)
    expect(trace.hash()).toBe(session.hash())
    expect(engine.events).toBe(session.kernel.events)
  }
})

test('a keyframe taken at any event of any drawing continues hash-identically, in the same engine and in a fresh one', () => {
  holds(
    fc.property(drawing, fc.array(fc.nat(2_000), { minLength: 1, maxLength: 4 }), ({ nodes, edges, more }, moments) => {
      const given = blueprint(nodes, edges, more)
      const endUs = msToUs(given.durationMs)
      const { engine, trace } = engineOf(given)
      const keyframes = moments.toSorted((left, right) => left - right).map((moment) => {
        engine.runUntil(endUs, Math.max(1, moment - engine.events))
        return engine.save()
      })
      engine.runUntil(endUs)
      const expected = trace.hash()
      for (const keyframe of keyframes) {
        const fresh = engineOf(given)
        fresh.engine.restore(structuredClone(keyframe))
        fresh.engine.runUntil(endUs)
        expect(fresh.trace.hash()).toBe(expected)
        // Back in the engine that has been to the end; the keyframe must not have been changed by the run that used it.
        engine.restore(keyframe)
        engine.runUntil(endUs)
        expect(trace.hash()).toBe(expected)
      }
    }),
    { runs: 50 },
  )
})

/** The records a page holds after taking every frame, as the player keeps them. */
function windowAfter(session: Session, us: number, bite: number): Int32Array {
  let words: Int32Array = new Int32Array(0)
  session.aim(us)
  for (let isDone = false; !isDone; ) {
    isDone = session.advance(bite)
    const frame = session.takeFrame(false, isDone)
    words = frame.fresh ? frame.records : new Int32Array([...words, ...frame.records])
  }
  let first = 0
  while (first < words.length && recordTimeUs(words, first) < us - RECORD_WINDOW_US) first += RECORD_WORDS
  return words.slice(first)
}

test('after any jump the page holds every record of the last two seconds', () => {
  const visit = fc.record({ us: fc.integer({ min: 0, max: 8_000_000 }), bite: fc.constantFrom(300, Infinity) })
  holds(
    fc.property(fc.array(visit, { minLength: 1, maxLength: 5 }), (visits) => {
      const session = new Session(opening)
      const last = visits.at(-1)!
      let words: Int32Array = new Int32Array(0)
      for (const { us, bite } of visits) words = windowAfter(session, us, bite)
      if (visits.length > 1 && visits.at(-2)!.us <= last.us && last.us - visits.at(-2)!.us <= RECORD_WINDOW_US) return
      expect(words).toEqual(windowAfter(new Session(opening), last.us, Infinity))
    }),
    { runs: 30 },
  )
})

test('one event at a time: time never goes back, and the trace is the run’s', () => {
  const session = new Session({ ...opening, durationMs: 1_000 })
  let lastUs = 0
  while (session.kernel.nextEventUs() <= 1e6) {
    const before = session.kernel.events
    session.stepEvent()
    expect(session.kernel.events).toBe(before + 1)
    expect(session.kernel.nowUs).toBeGreaterThanOrEqual(lastUs)
    lastUs = session.kernel.nowUs
  }
  goTo(session, 1e6)
  expect(session.hash()).toBe(wholeHash({ ...opening, durationMs: 1_000 }))
})

test('a step to the next change of state stops right after it, and at the limit when there is none', () => {
  const session = new Session(opening)
  const stops: string[] = []
  for (let count = 0; count < 4; count += 1) {
    session.stepTransition((node) => node === 'breaker', 60e6)
    const last = session.history.transitions.findLast(({ node }) => node === 'breaker')!
    expect(last.atUs).toBe(session.kernel.nowUs)
    stops.push(`${last.from} ${last.to}`)
  }
  expect(stops).toEqual(['CLOSED OPEN', 'OPEN HALF_OPEN', 'HALF_OPEN OPEN', 'OPEN HALF_OPEN'])
  const startUs = session.kernel.nowUs
  session.stepTransition(() => false, 100_000)
  expect(session.kernel.nowUs).toBe(startUs + 100_000)
})

test('what is done by hand at the playhead leaves every record before it as it was', () => {
  holds(
    fc.property(drawing, fc.nat(3_000_000), fc.boolean(), ({ nodes, edges, more }, atUs, onEvent) => {
      const before = blueprint(nodes, edges, { ...more, interventions: [] })
      const service = nodes.find(({ kind }) => kind === 'service')?.id
      if (service === undefined) return
      const past = engineOf(before)
      past.engine.runUntil(atUs)
      // Often the playhead stands exactly where something just happened.
      const playheadUs = onEvent ? Math.min(atUs, lastEventUs(past.words())) : atUs
      const known = engineOf(before)
      known.engine.runUntil(playheadUs)
      const after = blueprint(nodes, edges, {
        ...more,
        interventions: [{ what: 'fault', atMs: usToMs(playheadUs), node: service, type: 'crash', forMs: 300 }],
      })
      const changed = engineOf(after)
      changed.engine.runUntil(msToUs(after.durationMs))
      const [was, is] = [joined(known.words()), joined(changed.words())]
      expect(is.slice(0, was.length)).toEqual(was)
      expect(is.length).toBeGreaterThan(was.length)
    }),
    { runs: 40 },
  )
})

function joined(chunks: readonly Int32Array[]): number[] {
  return chunks.flatMap((chunk) => [...chunk])
}

function lastEventUs(chunks: readonly Int32Array[]): number {
  const last = chunks.findLast((chunk) => chunk.length > 0)
  return last ? recordTimeUs(last, last.length - RECORD_WORDS) : Infinity
}
