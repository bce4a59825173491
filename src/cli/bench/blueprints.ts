import { defined } from '../../base/assert.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import { parseBlueprint } from '../../model/parse.ts'

/** The numbers of one client → breaker → service, from which its nodes and the hand-written ceiling are made alike. */
export interface ChainNumbers {
  ratePerSecond: number
  deadlineMs: number
  windowSize: number
  minimumCalls: number
  failurePercent: number
  slowPercent: number
  slowMs: number
  openMs: number
  probes: number
  workers: number
  queueCapacity: number
  latencyP50Ms: number
  latencyP99Ms: number
  errorPercent: number
}

/** One busy chain: a long tail lets some requests expire, a hang and a burst of errors every ten seconds trip the breaker. */
export const ONE_CHAIN: readonly ChainNumbers[] = [
  {
    ratePerSecond: 2_000,
    deadlineMs: 100,
    windowSize: 100,
    minimumCalls: 50,
    failurePercent: 50,
    slowPercent: 80,
    slowMs: 200,
    openMs: 400,
    probes: 10,
    workers: 32,
    queueCapacity: 100,
    latencyP50Ms: 5,
    latencyP99Ms: 60,
    errorPercent: 2,
  },
]

/** Fifty quieter chains side by side, no two with the same load. */
export const FIFTY_CHAINS: readonly ChainNumbers[] = Array.from({ length: 50 }, (_, index) => ({
  ...defined(ONE_CHAIN[0], 'the chain'),
  ratePerSecond: 30 + index,
  windowSize: 20,
  minimumCalls: 10,
  openMs: 700 + 10 * index,
  probes: 5,
  workers: 4,
  queueCapacity: 12,
}))

const FAULTS_EVERY_MS = 10_000
/** A file may plan a thousand faults; fifty chains use them up in this many rounds. */
const FAULTS_MAX = 1_000

/** Chains as an ordinary blueprint, through the same gate as anybody's file. */
export function chainBlueprint(chains: readonly ChainNumbers[], seed: number, durationMs: number): Blueprint {
  return checked({
    schemaVersion: 1,
    name: `Benchmark: chains ${chains.length}`,
    seed,
    durationMs,
    nodes: chains.flatMap(chainNodes),
    edges: chains.flatMap((_, index) => [
      { id: `asks${index}`, from: `client${index}`, to: `breaker${index}` },
      { id: `calls${index}`, from: `breaker${index}`, to: `service${index}` },
    ]),
    faults: chainFaults(chains.length, durationMs),
  })
}

/** One queue, one worker, no deadline: what queueing theory calls M/M/1. */
export function queueBlueprint(arrivalsPerSecond: number, meanServiceMs: number, seed: number, durationMs: number): Blueprint {
  const latency = { type: 'exponential', meanMs: meanServiceMs }
  return checked({
    schemaVersion: 1,
    name: 'Benchmark: M/M/1',
    seed,
    durationMs,
    nodes: [
      node('client', 'client', { load: 'poisson', ratePerSecond: arrivalsPerSecond, deadlineMs: 0 }),
      node('service', 'service', { workers: 1, queueCapacity: 100_000, latency, errorPercent: 0 }),
    ],
    edges: [{ id: 'asks', from: 'client', to: 'service' }],
  })
}

/** Commands into a log, and one projection of it, in no time each: what is left is the cost of the engine. */
export function projectionBlueprint(commandsPerSecond: number, seed: number, durationMs: number): Blueprint {
  const nothing = { type: 'constant', ms: 0 }
  return checked({
    schemaVersion: 1,
    name: 'Benchmark: projection',
    seed,
    durationMs,
    nodes: [
      node('client', 'client', { load: 'constant', ratePerSecond: commandsPerSecond, deadlineMs: 0, sendUntilMs: durationMs }),
      node('commands', 'command-handler', { aggregates: 1_000, hotKeySkew: 1, concurrency: 'append-any', latency: nothing }),
      node('log', 'event-log', { commitLatency: nothing, maximumInFlight: 1_000 }),
      node('projector', 'projector', { handlerLatency: nothing, batchSize: 100, pollIntervalMs: 20 }),
      node('view', 'read-model', {}),
    ],
    edges: ['client', 'commands', 'log', 'projector'].map((from, index) => ({ id: `way${index}`, from, to: ['commands', 'log', 'projector', 'view'][index] })),
  })
}

function chainNodes(numbers: ChainNumbers, index: number): unknown[] {
  const { ratePerSecond, deadlineMs, workers, queueCapacity, errorPercent } = numbers
  const latency = { type: 'log-normal', p50Ms: numbers.latencyP50Ms, p99Ms: numbers.latencyP99Ms }
  return [
    node(`client${index}`, 'client', { load: 'poisson', ratePerSecond, deadlineMs }),
    node(`breaker${index}`, 'circuit-breaker', {
      slidingWindowType: 'COUNT_BASED',
      slidingWindowSize: numbers.windowSize,
      minimumNumberOfCalls: numbers.minimumCalls,
      failureRateThreshold: numbers.failurePercent,
      slowCallRateThreshold: numbers.slowPercent,
      slowCallDurationThresholdMs: numbers.slowMs,
      waitDurationInOpenStateMs: numbers.openMs,
      automaticTransitionFromOpenToHalfOpen: true,
      permittedNumberOfCallsInHalfOpenState: numbers.probes,
      fallbackOn: 'none',
    }),
    node(`service${index}`, 'service', { workers, queueCapacity, latency, errorPercent }),
  ]
}

/** Chain by chain a little later, so that they do not trip together. */
function chainFaults(chains: number, durationMs: number): unknown[] {
  const rounds = Math.min(Math.ceil(durationMs / FAULTS_EVERY_MS), Math.floor(FAULTS_MAX / chains / 2))
  return Array.from({ length: rounds }, (_, round) => round * FAULTS_EVERY_MS).flatMap((startMs) =>
    Array.from({ length: chains }, (_, index) => [
      { node: `service${index}`, type: 'hang', fromMs: startMs + 1_500 + 37 * index, toMs: startMs + 1_900 + 37 * index },
      { node: `service${index}`, type: 'errors', fromMs: startMs + 5_500 + 37 * index, toMs: startMs + 6_000 + 37 * index, strength: 80 },
    ]).flat(),
  )
}

function node(id: string, kind: string, config: Record<string, unknown>): unknown {
  return { id, kind, label: id, position: { x: 0, y: 0 }, config }
}

function checked(value: unknown): Blueprint {
  const { blueprint, problems } = parseBlueprint(value)
  if (!blueprint) throw new Error(`The benchmark's blueprint does not open: ${JSON.stringify(problems)}`)
  return blueprint
}
