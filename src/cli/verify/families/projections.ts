import { msToUs } from '../../../base/time.ts'
import type { Blueprint } from '../../../model/blueprint.ts'
import type { Distribution } from '../../../sim/distribution.ts'
import { blueprint, chain, edge, node, runThrough } from '../blueprints.ts'
import { CatchUpMeter, ProjectionMeter } from '../projection-meter.ts'
import type { Window } from '../station.ts'
import { endMs } from '../time-scale.ts'

/** Events of a replication, in the mean. */
export const EVENTS = 25_000
const WARM_UP = 20
const MANY = 100_000
/** Reads by others for each write. */
const PEEKS = 0.5

/** Writes, a log, perhaps a relay, a projection, and those who read it. Times in milliseconds. */
export interface Pipeline {
  arrivals: 'poisson' | 'constant'
  /** Writes per millisecond. */
  lambda: number
  relay?: Readonly<Record<string, unknown>> | undefined
  handler: Distribution
  /** Capacities per millisecond of what is slow on the way. */
  capacities: readonly number[]
  keys: number
  /** Reads of what one has just written, so long after it: a share of the writers each. */
  readsAfter: readonly Distribution[]
  /** Whether others read too, whenever they like. */
  peeks: boolean
  faults?: readonly object[]
  /** Instead of the usual length. */
  measuredMs?: number
}

/** Request type of those who read at any time. */
export const PEEK = 'peek'
/** Request type of those who read after their own write. */
export const readType = (index: number): string => `read${index}`

/** How long the slowest deviation from the steady state takes to fade. */
export function relaxationMs({ lambda, capacities }: Pick<Pipeline, 'lambda' | 'capacities'>): number {
  return capacities.reduce((sum, capacity) => sum + 1 / (Math.sqrt(capacity) - Math.sqrt(lambda)) ** 2, 0)
}

/** A pipeline's replications. */
export function pipelineRunner(of: Pipeline): (seed: number) => ProjectionMeter {
  const warmUpMs = WARM_UP * relaxationMs(of)
  const untilMs = endMs(warmUpMs, of.measuredMs ?? EVENTS / of.lambda)
  const window: Window = { fromUs: msToUs(warmUpMs), untilUs: msToUs(untilMs) }
  drawPipeline(of, 1, untilMs)
  return (seed) => runThrough(drawPipeline(of, seed, untilMs), (names) => new ProjectionMeter(names, window))
}

/** Replications in which the projection stands still now and then: `stops` times, each after `everyMs` of which it stood `stopMs`. */
export function stopsRunner(of: Pipeline, { stops, stopMs, everyMs }: { stops: number; stopMs: number; everyMs: number }): (seed: number) => CatchUpMeter {
  const from = (index: number): number => (index + 1) * everyMs - stopMs
  const faults = Array.from({ length: stops }, (_, index) => ({ node: 'projection', type: 'stop', fromMs: from(index), toMs: from(index) + stopMs }))
  const untilMs = (stops + 1) * everyMs
  drawPipeline({ ...of, faults }, 1, untilMs)
  return (seed) => runThrough(drawPipeline({ ...of, faults }, seed, untilMs), (names) => new CatchUpMeter(names))
}

const NO_TIME = { type: 'constant', ms: 0 } as const

/** As a file has it. Nothing but the relay and the projection takes time, so what is written is committed at once. */
export function drawPipeline(of: Pipeline, seed: number, durationMs: number): Blueprint {
  const { keys, relay, handler, peeks } = of
  const isRead = peeks || of.readsAfter.length > 0
  return blueprint(
    [
      ...writers(of),
      ...(peeks ? [node('reader', 'client', { load: 'poisson', ratePerSecond: PEEKS * of.lambda * 1_000, deadlineMs: 0, requestTypes: [{ name: PEEK, share: 1 }] })] : []),
      node('commands', 'command-handler', { aggregates: keys, concurrency: 'append-any', latency: NO_TIME }),
      node('log', 'event-log', { commitLatency: NO_TIME, maximumInFlight: 0, redeliverMs: 0 }),
      ...(relay ? [node('relay', 'publisher', relay)] : []),
      node('projection', 'projector', { handlerLatency: handler }),
      node('view', 'read-model', { queryLatency: NO_TIME }),
      ...(isRead ? [node('queries', 'query-handler', { aggregates: keys, latency: NO_TIME })] : []),
    ],
    [
      ...writers(of).flatMap((_, index) => [
        edge(writerName(index), 'commands', { requestTypes: [writeType(index)] }),
        ...(of.readsAfter.length > 0 ? [edge(writerName(index), 'queries', { requestTypes: [readType(index)] })] : []),
      ]),
      ...(peeks ? [edge('reader', 'queries')] : []),
      ...chain('commands', 'log', ...(relay ? ['relay'] : []), 'projection', 'view'),
      ...(isRead ? [edge('queries', 'view')] : []),
    ],
    { seed, durationMs, ...(of.faults ? { faults: of.faults } : {}) },
  )
}

const writerName = (index: number): string => `writer${index}`
const writeType = (index: number): string => `write${index}`

/** One for each delay after which is read: together they write at the rate of one. */
function writers({ arrivals, lambda, readsAfter }: Pipeline): object[] {
  const count = Math.max(1, readsAfter.length)
  return Array.from({ length: count }, (_, index) => {
    const after = readsAfter[index]
    const write = { name: writeType(index), share: 1, ...(after ? { thenAsk: { name: readType(index), after } } : {}) }
    return node(writerName(index), 'client', {
      load: arrivals,
      ratePerSecond: (lambda / count) * 1_000,
      deadlineMs: 0,
      // Told apart, so that everybody's own write is known.
      sessions: MANY,
      requestTypes: [write, ...(after ? [{ name: readType(index), share: 0 }] : [])],
    })
  })
}
