import { expect, test } from 'vitest'
import { blueprint, edge, node, type NodeSpec } from '../../sim/testing/blueprints.ts'
import { runBlueprint } from '../../player/run.ts'
import { mean, standardError } from '../../base/stats.ts'
import type { ProjectionFacts } from './facts.ts'
import { propagationMs, type FactsOfRun } from './testing/figures.ts'

/*
 * What queueing theory says of a projector (Burke 1956; Kaul, Yates and Gruteser 2012), with all other times zero. Twenty runs each;
 * with these seeds the figures are what they are, 3.5 standard errors is how far they may be off.
 */
const ZERO = { type: 'constant', ms: 0 }
const exponential = (perSecond: number) => ({ type: 'exponential', meanMs: 1_000 / perSecond })
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1)

interface Setup {
  writesPerSecond: number
  load?: 'poisson' | 'constant'
  projector: Record<string, unknown>
  publisher?: Record<string, unknown>
  keys?: number
  readsPerSecond?: number
  seconds: number
  faults?: object[]
}

function drawing({ writesPerSecond, load = 'poisson', projector, publisher, keys = 1, readsPerSecond = 0, seconds, faults = [] }: Setup, seed: number) {
  const quiet = { aggregates: keys, latency: ZERO }
  const reader: NodeSpec[] = readsPerSecond > 0 ? [node('reader', 'client', { load: 'poisson', ratePerSecond: readsPerSecond, deadlineMs: 0, requestTypes: [{ name: 'read', share: 1 }] }), node('queries', 'query-handler', quiet)] : []
  const nodes = [
    node('writer', 'client', { load, ratePerSecond: writesPerSecond, deadlineMs: 0, requestTypes: [{ name: 'write', share: 1 }] }),
    node('commands', 'command-handler', { ...quiet, concurrency: 'append-any' }),
    node('log', 'event-log', { commitLatency: ZERO, maximumInFlight: 0, redeliverMs: 0 }),
    ...(publisher ? [node('publisher', 'publisher', publisher)] : []),
    node('projector', 'projector', projector),
    node('view', 'read-model', { queryLatency: ZERO }),
    ...reader,
  ]
  const way = publisher ? [edge('log', 'publisher'), edge('publisher', 'projector')] : [edge('log', 'projector')]
  const read = readsPerSecond > 0 ? [edge('reader', 'queries'), edge('queries', 'view')] : []
  return blueprint(nodes, [edge('writer', 'commands'), edge('commands', 'log'), ...way, edge('projector', 'view'), ...read], { seed, durationMs: seconds * 1_000, faults })
}

function replicate(setup: Setup, figure: (run: FactsOfRun) => number): { mean: number; se: number } {
  const values = SEEDS.map((seed) => {
    const of = drawing(setup, seed)
    const result = runBlueprint(of, { keepTrace: true })
    const projector = of.nodes.findIndex(({ id }) => id === 'projector')
    const facts = (atMs: number): ProjectionFacts => result.observers.facts(projector, atMs * 1_000, 0) as ProjectionFacts
    return figure({ result, facts, endMs: setup.seconds * 1_000 })
  })
  return { mean: mean(values), se: standardError(values) }
}

function expectNear(measured: { mean: number; se: number }, expected: number): void {
  expect(Math.abs(measured.mean - expected) / measured.se, `${measured.mean} ± ${measured.se}, expected ${expected}`).toBeLessThanOrEqual(3.5)
}

test('one projector: an event shows after 1/(μ−λ) on average', () => {
  expectNear(replicate({ writesPerSecond: 80, projector: { handlerLatency: exponential(100) }, seconds: 20 }, ({ result }) => mean(propagationMs(result))), 50)
})

test('relay and projector: the two times add up', () => {
  const publisher = { mode: 'push', relayLatency: exponential(120) }
  expectNear(replicate({ writesPerSecond: 90, publisher, projector: { handlerLatency: exponential(150) }, seconds: 20 }, ({ result }) => mean(propagationMs(result))), 50)
})

test('a polled outbox: half the interval on average', () => {
  const publisher = { mode: 'outbox-polling', pollIntervalMs: 100, batchSize: 0, relayLatency: ZERO }
  expectNear(replicate({ writesPerSecond: 50, publisher, projector: { handlerLatency: ZERO }, seconds: 20 }, ({ result }) => mean(propagationMs(result))), 50)
})

test('reads of one of ten keys: stale as often as the thinned queue says', () => {
  const setup = { writesPerSecond: 80, projector: { handlerLatency: exponential(100) }, keys: 10, readsPerSecond: 50, seconds: 20 }
  expectNear(replicate(setup, ({ facts, endMs }) => facts(endMs).staleReads / facts(endMs).reads), 0.285714286)
})

test('age of information: 1/μ (1 + 1/ρ + ρ²/(1−ρ)), and less when writes are steady', () => {
  const age = ({ facts, endMs }: FactsOfRun): number => facts(endMs).meanAgeOfInformationMs
  expectNear(replicate({ writesPerSecond: 50, projector: { handlerLatency: exponential(100) }, seconds: 20 }, age), 35)
  expectNear(replicate({ writesPerSecond: 50, projector: { handlerLatency: { type: 'constant', ms: 10 } }, seconds: 20 }, age), 31.4872127)
  expectNear(replicate({ writesPerSecond: 50, load: 'constant', projector: { handlerLatency: exponential(100) }, seconds: 20 }, age), 22.5500097)
})

test('after a stop the backlog is λD + ρ/(1−ρ), and takes that many times 1/(μ−λ) to drain', () => {
  const faults = [{ node: 'projector', type: 'stop', fromMs: 5_000, toMs: 15_000 }]
  const setup = { writesPerSecond: 50, projector: { handlerLatency: exponential(100) }, seconds: 40, faults }
  expectNear(replicate(setup, ({ facts }) => facts(15_000).lagEvents), 501)
  expectNear(
    replicate(setup, ({ result }) => (result.transitions.find(({ atUs, node: id, to }) => id === 'projector' && atUs > 15e6 && to === 'caughtUp')!.atUs - 15e6) / 1e6),
    10.02,
  )
})
