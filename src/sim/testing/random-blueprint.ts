import * as fc from 'fast-check'
import type { Distribution } from '../distribution.ts'
import { edge, node, type EdgeSpec, type NodeSpec } from './blueprints.ts'

/** How wild a random drawing may be. */
export interface Wildness {
  /** Edges lose, double and hold back. */
  risks: boolean
  /** Edges take time. */
  latencies: boolean
  /** Every client stops and every fault ends early enough that all work can end: see {@link QUIET_MS}. */
  drains: boolean
}

/** A random drawing as a file has it; {@link blueprint} opens it. */
export interface Drawing {
  nodes: NodeSpec[]
  edges: EdgeSpec[]
  more: { faults: object[]; interventions: object[]; seed: number; durationMs: number }
}

const RUN_MS = 3_000
/** When the last client of a drawing that drains has stopped and the last fault has ended. */
export const QUIET_MS = 2_000

const ms = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min: min * 1_000, max: max * 1_000 }).map((us) => us / 1_000)

function latency(maxMs: number): fc.Arbitrary<Distribution> {
  const mean = ms(1, maxMs)
  return fc.oneof(
    ms(0, maxMs).map((value): Distribution => ({ type: 'constant', ms: value })),
    mean.map((meanMs): Distribution => ({ type: 'exponential', meanMs })),
    mean.map((p50Ms): Distribution => ({ type: 'log-normal', p50Ms, p99Ms: p50Ms * 3 })),
    mean.map((meanMs): Distribution => ({ type: 'erlang', stages: 3, meanMs })),
    mean.map((meanMs): Distribution => ({ type: 'hyperexponential', firstPercent: 80, firstMeanMs: meanMs, secondMeanMs: meanMs * 4 })),
    mean.map((maxMs_): Distribution => ({ type: 'uniform', minMs: 0, maxMs: maxMs_ })),
    fc.array(ms(0, maxMs), { minLength: 1, maxLength: 4 }).map((valuesMs): Distribution => ({ type: 'empirical', valuesMs })),
  )
}

const TYPES = ['browse', 'pay', 'cancel']

function client(wild: Wildness): fc.Arbitrary<Record<string, unknown>> {
  const rate = fc.integer({ min: 5, max: 120 })
  return fc.record({
    load: fc.constantFrom('poisson', 'constant', 'ramp', 'burst', 'users'),
    ratePerSecond: rate,
    rampToPerSecond: rate,
    rampMs: fc.integer({ min: 100, max: 2_000 }),
    burstPerSecond: rate,
    burstEveryMs: fc.integer({ min: 200, max: 1_000 }),
    burstForMs: fc.integer({ min: 50, max: 400 }),
    users: fc.integer({ min: 1, max: 12 }),
    think: fc.oneof({ weight: 4, arbitrary: latency(200) }, { weight: 1, arbitrary: fc.constant<Distribution>({ type: 'constant', ms: 0 }) }),
    deadlineMs: fc.constantFrom(0, 20, 150, 1_000),
    sendUntilMs: wild.drains ? fc.integer({ min: 500, max: QUIET_MS }) : fc.constantFrom(0, 1_500),
    requestTypes: fc.subarray(TYPES, { minLength: 1 }).map((names) => names.map((name, index) => ({ name, share: index === 1 ? 0 : 1 }))),
  })
}

const service: fc.Arbitrary<Record<string, unknown>> = fc.record({
  workers: fc.integer({ min: 1, max: 6 }),
  queueCapacity: fc.constantFrom(0, 1, 5, 30),
  latency: latency(60),
  errorPercent: fc.constantFrom(0, 0, 20, 100),
  callOrder: fc.constantFrom('sequential', 'parallel'),
})

const retry: fc.Arbitrary<Record<string, unknown>> = fc.record({
  maximumAttempts: fc.integer({ min: 1, max: 4 }),
  initialIntervalMs: fc.constantFrom(0, 1, 30),
  backoffCoefficient: fc.constantFrom(1, 2, 3.5),
  maximumIntervalMs: fc.constantFrom(0, 50, 500),
  jitter: fc.constantFrom('none', 'full', 'equal'),
  retryOnRejected: fc.boolean(),
})

const timeout: fc.Arbitrary<Record<string, unknown>> = fc.record({ timeoutMs: fc.constantFrom(1, 10, 40, 200) })

const breaker = (wild: Wildness): fc.Arbitrary<Record<string, unknown>> => fc.record({
  slidingWindowType: fc.constantFrom('COUNT_BASED', 'TIME_BASED'),
  slidingWindowSize: fc.integer({ min: 1, max: 8 }),
  minimumNumberOfCalls: fc.integer({ min: 1, max: 6 }),
  failureRateThreshold: fc.constantFrom(20, 50, 100),
  slowCallDurationThresholdMs: fc.constantFrom(5, 60_000),
  waitDurationInOpenStateMs: fc.constantFrom(1, 50, 400),
  automaticTransitionFromOpenToHalfOpen: fc.boolean(),
  permittedNumberOfCallsInHalfOpenState: fc.integer({ min: 1, max: 4 }),
  // With a timer on both sides a breaker nobody calls goes round for ever: nothing drains then.
  maxWaitDurationInHalfOpenStateMs: wild.drains ? fc.constant(0) : fc.constantFrom(0, 100),
  fallbackOn: fc.constantFrom('none', 'rejected', 'rejected-or-failed'),
})

type Inner = Pick<NodeSpec, 'kind' | 'config' | 'bypassed'>

function inner(wild: Wildness): fc.Arbitrary<Inner> {
  const asPolicy = (kind: string, config: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<Inner> =>
    fc.record({ kind: fc.constant(kind), config, bypassed: wild.risks ? fc.boolean() : fc.constant(false) })
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('service'), config: service }) },
    { weight: 1, arbitrary: asPolicy('retry', retry) },
    { weight: 1, arbitrary: asPolicy('timeout', timeout) },
    { weight: 1, arbitrary: asPolicy('circuit-breaker', breaker(wild)) },
  )
}

interface EdgeDice {
  /** Which of the later nodes it leads to. */
  to: number
  latency: Distribution | undefined
  risk: Partial<EdgeSpec>
  types: string[] | undefined
}

function edgeDice(wild: Wildness): fc.Arbitrary<EdgeDice> {
  const percent = fc.constantFrom(0, 0, 5, 40)
  const risks = fc.record({ lossPercent: percent, duplicatePercent: percent, reorderPercent: percent, reorderByMs: ms(0, 80) })
  const nothing = fc.constant({})
  return fc.record({
    to: fc.nat(1_000),
    latency: wild.latencies ? fc.option(latency(20), { nil: undefined, freq: 2 }) : fc.constant(undefined),
    risk: wild.risks ? fc.oneof(nothing, risks) : nothing,
    types: fc.option(fc.subarray(TYPES, { minLength: 1 }), { nil: undefined, freq: 2 }),
  })
}

interface Dice {
  clients: Record<string, unknown>[]
  inner: Inner[]
  edges: EdgeDice[][]
  faults: { node: number; type: string; fromMs: number; forMs: number | undefined; strength: number; byHand: boolean }[]
  signals: { node: number; atMs: number; to: string }[]
  seed: number
}

/** Drawings of one to three clients and up to eight services and policies, in any order, with what goes wrong in them. */
export function arbitraryDrawing(wild: Wildness): fc.Arbitrary<Drawing> {
  const fault = fc.record({
    node: fc.nat(1_000),
    type: fc.constantFrom('hang', 'crash', 'pause', 'slow', 'errors'),
    fromMs: ms(0, QUIET_MS / 2),
    forMs: wild.drains ? ms(0, QUIET_MS / 2) : fc.option(ms(0, RUN_MS), { nil: undefined, freq: 4 }),
    strength: fc.integer({ min: 1, max: 10 }),
    byHand: fc.boolean(),
  })
  const signal = fc.record({ node: fc.nat(1_000), atMs: ms(0, QUIET_MS), to: fc.constantFrom('FORCED_OPEN', 'CLOSED', 'OPEN', 'METRICS_ONLY', 'NOWHERE') })
  return fc
    .record<Dice>({
      clients: fc.array(client(wild), { minLength: 1, maxLength: 3 }),
      inner: fc.array(inner(wild), { minLength: 1, maxLength: 8, size: 'max' }),
      edges: fc.array(fc.array(edgeDice(wild), { maxLength: 3, size: 'max' }), { minLength: 11, maxLength: 11 }),
      faults: fc.array(fault, { maxLength: 4 }),
      signals: fc.array(signal, { maxLength: 2 }),
      seed: fc.maxSafeInteger(),
    })
    .map((dice) => draw(dice, wild))
}

function draw(dice: Dice, wild: Wildness): Drawing {
  const clients = dice.clients.map((config, index) => node(`client${index}`, 'client', config))
  const others = dice.inner.map(({ kind, config, bypassed }, index) => node(`n${index}`, kind, config, bypassed === true ? { bypassed } : {}))
  const edges = [...clients, ...others].flatMap((from, index) => edgesFrom(from, others.slice(Math.max(0, index - clients.length + 1)), dice.edges[index] ?? []))
  const services = others.filter(({ kind }) => kind === 'service')
  const breakers = others.filter(({ kind }) => kind === 'circuit-breaker')
  const faults = services.length === 0 ? [] : dice.faults.map((fault) => ({ ...fault, node: services[fault.node % services.length]!.id }))
  const byHand = [
    ...faults.flatMap(({ byHand: isByHand, node: id, type, fromMs, forMs, strength }) =>
      isByHand ? [{ what: 'fault', node: id, type, atMs: fromMs, forMs: forMs ?? 500, strength }] : [],
    ),
    ...(breakers.length === 0 || wild.drains
      ? []
      : dice.signals.map(({ node: index, atMs, to }) => ({ what: 'signal', node: breakers[index % breakers.length]!.id, atMs, signal: { type: 'FORCE', to } }))),
  ]
  return {
    nodes: [...clients, ...others],
    edges,
    more: {
      faults: faults.flatMap(({ byHand: isByHand, forMs, ...fault }) =>
        isByHand ? [] : [{ ...fault, ...(forMs === undefined ? {} : { toMs: fault.fromMs + forMs }) }],
      ),
      interventions: byHand.toSorted((left, right) => left.atMs - right.atMs),
      seed: dice.seed,
      durationMs: RUN_MS,
    },
  }
}

/** Edges lead to later nodes only, so there are no circles. A client always has one that takes all types. */
function edgesFrom(from: NodeSpec, later: readonly NodeSpec[], dice: readonly EdgeDice[]): EdgeSpec[] {
  if (later.length === 0) return []
  const most = from.kind === 'service' || from.kind === 'client' ? 3 : 1
  return dice.slice(0, most).map(({ to, latency: takes, risk, types }, index) =>
    edge(from.id, later[to % later.length]!.id, {
      id: `${from.id}-${index}`,
      ...risk,
      ...(takes === undefined ? {} : { latency: takes }),
      ...(types === undefined ? {} : { requestTypes: types }),
    }),
  )
}
