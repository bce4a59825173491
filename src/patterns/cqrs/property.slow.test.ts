import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Session } from '../../player/session.ts'
import { Engine } from '../../sim/engine.ts'
import { compileBlueprint } from '../../model/compile.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import { TraceBuffer } from '../../sim/record.ts'
import { holds } from '../../sim/testing/property.ts'
import { checkTrace } from '../../sim/testing/laws.ts'
import { decode } from '../../sim/testing/blueprints.ts'
import { project, projection, type Projected, type Variation } from './testing/drawings.ts'
import { commits, outcomes } from './testing/reading.ts'

const ms = (value: number) => ({ type: 'constant', ms: value })
const latency = fc.constantFrom(ms(0), ms(3), { type: 'exponential', meanMs: 8 }, { type: 'uniform', minMs: 0, maxMs: 20 })
const PROJECTOR_FAULTS = ['stop', 'crash', 'slow', 'duplicate', 'reorder', 'crash-before-handling', 'crash-after-handling', 'crash-before-checkpoint', 'crash-after-checkpoint', 'checkpoint-loss']
const PER_EVENT = ['duplicate', 'reorder', 'crash-before-handling', 'crash-after-handling', 'crash-before-checkpoint', 'crash-after-checkpoint']

const fault = fc
  .record({ type: fc.constantFrom(...PROJECTOR_FAULTS), fromMs: fc.integer({ min: 0, max: 1_500 }), forMs: fc.integer({ min: 0, max: 400 }), times: fc.integer({ min: 1, max: 3 }) })
  .map(({ type, fromMs, forMs, times }) => ({ node: 'projector', type, fromMs, toMs: fromMs + forMs, ...(PER_EVENT.includes(type) ? { times } : {}) }))

const commands = fc.record({
  aggregates: fc.integer({ min: 1, max: 4 }),
  hotKeySkew: fc.constantFrom(0, 1.2),
  concurrency: fc.constantFrom('expected-version', 'last-write-wins', 'append-any'),
  maximumRetries: fc.integer({ min: 0, max: 3 }),
  latency,
})
const log = fc.record({
  commitLatency: latency,
  sequence: fc.constantFrom('commit-order', 'allocate-then-commit'),
  maximumInFlight: fc.constantFrom(0, 1, 5, 100),
})
/** Gaps, duplicates and crashes harm none of these. */
const soundProjector = fc.record({
  lifecycle: fc.constantFrom('async', 'async', 'inline'),
  handlerLatency: fc.constantFrom(ms(0), ms(10), { type: 'exponential', meanMs: 15 }),
  batchSize: fc.constantFrom(1, 3, 50),
  pollIntervalMs: fc.constantFrom(0, 0, 30),
  checkpoint: fc.constantFrom('atomic', 'after'),
  idempotency: fc.constant('processed-ids'),
  // A conflict or a rollback leaves a gap for ever; a commit in time is waited for.
  gapHandling: fc.constant('wait-then-skip'),
  gapTimeoutMs: fc.constant(1_500),
})
const publisher = fc.option(
  fc.record({
    mode: fc.constantFrom('outbox-polling', 'log-subscription', 'push'),
    pollIntervalMs: fc.constantFrom(20, 150),
    batchSize: fc.constantFrom(0, 4),
    duplicatePercent: fc.constantFrom(0, 20),
    reorderPercent: fc.constantFrom(0, 20),
    dropPercent: fc.constantFrom(0, 20),
  }),
  { nil: undefined },
)
const queries = fc.record({ strategy: fc.constantFrom('none', 'wait-for-version', 'return-from-command', 'sticky'), onTimeout: fc.constant('error'), waitTimeoutMs: fc.constantFrom(20, 5_000) })
const view = fc.record({ replicas: fc.integer({ min: 1, max: 4 }), routing: fc.constantFrom('random', 'sticky', 'primary'), replicaLag: latency, queryLatency: fc.constantFrom(ms(0), ms(2)) })
const seed = fc.integer({ min: 1, max: 1e6 })

const sound: fc.Arbitrary<Variation> = fc
  .record({ commands, log, projector: soundProjector, publisher, queries, view, faults: fc.array(fault, { maxLength: 3 }), seed, rebuildAtMs: fc.option(fc.integer({ min: 100, max: 2_500 })) })
  .map(({ publisher: drawn, rebuildAtMs, ...rest }) => ({
    ...rest,
    // Within the append and by way of an outbox at once: what a drawing says, and a warning.
    projector: drawn ? { ...rest.projector, lifecycle: 'async' } : rest.projector,
    ...(drawn ? { publisher: drawn } : {}),
    // Long enough for one event per look into an outbox, several times over.
    durationMs: 20_000,
    interventions: rebuildAtMs === null ? [] : [{ what: 'signal', atMs: rebuildAtMs, node: 'projector', signal: { type: 'REBUILD' } }],
  }))

function print(vary: Variation, { run, facts }: Projected): string {
  return JSON.stringify({ vary, violations: run.violations.slice(0, 3), lag: facts.lagEvents, drift: facts.drifted, head: facts.head, checkpoint: facts.checkpoint })
}

test('sound settings, whatever happens: nothing lost, nothing twice, lag and drift heal, no promise broken', () => {
  holds(
    fc.property(sound, (vary) => {
      const projected = project(projection(vary))
      const { run, facts } = projected
      checkTrace(run.trace.flatMap((words) => decode(words)))
      const { versions, positions } = commits(run)
      for (const stream of versions.values()) expect(stream).toEqual(stream.map((_, index) => index + 1))
      expect(new Set(positions).size).toBe(positions.length)
      expect([...outcomes(run).applied].toSorted((a, b) => a - b), print(vary, projected)).toEqual(positions.toSorted((a, b) => a - b))
      expect([facts.lagEvents, facts.lagMs, facts.drift], print(vary, projected)).toEqual([0, 0, 0])
      // An in-place rebuild takes the view back, and promises with it.
      const rules = new Set(run.violations.map(({ invariant }) => invariant))
      const excused = vary.interventions!.length > 0 || vary.faults!.some((one) => 'type' in one && one.type === 'checkpoint-loss')
      expect([...rules].filter((rule) => rule !== 'order broken' && !(excused && /reads|writes/.test(rule))), print(vary, projected)).toEqual([])
    }),
    { runs: 60 },
  )
})

test('the same view comes of a rebuild as of reading along', () => {
  holds(
    fc.property(sound, (vary) => {
      const once = project(projection({ ...vary, interventions: [], faults: [] })).facts
      const again = project(projection({ ...vary, faults: [], interventions: [{ what: 'signal', atMs: 3_500, node: 'projector', signal: { type: 'REBUILD' } }] })).facts
      expect(again.rebuilds).toBe(1)
      expect([again.pinned?.read.value, again.pinned?.read.version, again.drift, again.lagEvents]).toEqual([once.pinned?.read.value, once.pinned?.read.version, 0, 0])
    }),
    { runs: 25 },
  )
})

/** Anything at all, sound or not. */
const wild: fc.Arbitrary<Variation> = fc
  .record({
    commands, publisher, queries, view, seed,
    log: fc.record({ commitLatency: latency, sequence: fc.constantFrom('commit-order', 'allocate-then-commit'), rollbackPercent: fc.constantFrom(0, 15), maximumInFlight: fc.constantFrom(0, 1, 20), redeliverMs: fc.constantFrom(0, 150) }),
    projector: fc.record({
      lifecycle: fc.constantFrom('async', 'inline', 'live'),
      handlerLatency: fc.constantFrom(ms(0), { type: 'exponential', meanMs: 25 }),
      batchSize: fc.constantFrom(1, 4),
      pollIntervalMs: fc.constantFrom(0, 30),
      checkpoint: fc.constantFrom('atomic', 'after', 'before'),
      idempotency: fc.constantFrom('none', 'version-check', 'processed-ids'),
      gapHandling: fc.constantFrom('ignore', 'wait', 'wait-then-skip'),
      gapTimeoutMs: fc.constantFrom(0, 100),
      onError: fc.constantFrom('stop', 'retry', 'skip', 'park', 'park-sequence'),
    }),
    faults: fc.array(fc.oneof(fault, fc.constantFrom('poison', 'drop').map((type) => ({ node: 'projector', type, fromMs: 300, times: 2 })), fc.constantFrom('late-commit', 'roll-back').map((type) => ({ node: 'log', type, fromMs: 200, times: 2 })), fc.constant({ node: 'commands', type: 'conflict-storm', fromMs: 500, toMs: 700 })), { maxLength: 4 }),
    signals: fc.array(fc.record({ atMs: fc.integer({ min: 0, max: 2_500 }), type: fc.constantFrom('REBUILD', 'PAUSE', 'RESUME', 'SKIP', 'RETRY') }), { maxLength: 4 }),
    lossPercent: fc.constantFrom(0, 0, 10),
    edgeMs: fc.constantFrom(0, 4),
  })
  .map(({ publisher: drawn, signals, lossPercent, edgeMs, ...rest }) => ({
    ...rest,
    ...(drawn ? { publisher: drawn } : {}),
    edges: Object.fromEntries(['log-projector', 'log-publisher', 'publisher-projector', 'projector-view'].map((id) => [id, { lossPercent, latency: ms(edgeMs) as never }])),
    interventions: signals.toSorted((a, b) => a.atMs - b.atMs).map(({ atMs, type }) => ({ what: 'signal', atMs, node: 'projector', signal: { type } })),
  }))

function runFrom(of: Blueprint, atMs: number): { straight: string; restored: string } {
  const { input } = compileBlueprint(of)
  const straight = new Engine(input, { trace: new TraceBuffer() })
  straight.runUntil(atMs * 1_000)
  const keyframe = straight.save()
  straight.runUntil(of.durationMs * 1_000)
  const restored = new Engine(input, { trace: new TraceBuffer() })
  restored.restore(keyframe)
  restored.runUntil(of.durationMs * 1_000)
  return { straight: straight.trace!.hash(), restored: restored.trace!.hash() }
}


test('whatever happens: a keyframe restored into a fresh engine goes on alike, to the last bit', () => {
  holds(
    fc.property(wild, fc.integer({ min: 0, max: 3_500 }), (vary, atMs) => {
      const { straight, restored } = runFrom(projection(vary), atMs)
      expect(restored).toBe(straight)
    }),
    { runs: 60 },
  )
})

test('whatever happens: streams are contiguous, every record is in order, and the observer keeps its counts', () => {
  holds(
    fc.property(wild, (vary) => {
      const projected = project(projection(vary))
      const { run, facts } = projected
      checkTrace(run.trace.flatMap((words) => decode(words)))
      const { versions, positions } = commits(run)
      for (const stream of versions.values()) expect(stream).toEqual(stream.map((_, index) => index + 1))
      expect(facts.head).toBe(Math.max(0, ...positions))
      expect(facts.lagEvents).toBeGreaterThanOrEqual(0)
      expect(facts.lagEvents === 0).toBe(facts.lagMs === 0)
      expect(facts.staleness.reduce((sum, count) => sum + count, 0)).toBe(facts.reads)
    }),
    { runs: 60 },
  )
})

test('whatever happens: what the observer tells of a moment is the same then and later', () => {
  holds(
    fc.property(wild, fc.integer({ min: 100, max: 3_500 }), (vary, atMs) => {
      const of = projection({ ...vary, projector: { ...vary.projector, pinnedKey: 1 } })
      const session = new Session(of)
      const projector = of.nodes.findIndex(({ id }) => id === 'projector')
      session.aim(atMs * 1_000)
      session.advance()
      const then = structuredClone(session.observers.facts(projector, atMs * 1_000, 0))
      session.aim(of.durationMs * 1_000)
      session.advance()
      const later = session.observers.facts(projector, atMs * 1_000, 0) as Record<string, unknown>
      for (const [name, value] of Object.entries(then as Record<string, unknown>)) expect(later[name], name).toEqual(value)
    }),
    { runs: 60 },
  )
})
