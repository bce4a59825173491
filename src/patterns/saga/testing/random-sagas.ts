import * as fc from 'fast-check'
import { constant, edge, node, steady, type EdgeSpec, type NodeSpec } from '../../../sim/testing/blueprints.ts'
import { sagaDefaults, type RetryPolicy, type SagaConfig, type SagaStep } from '../config.ts'
import { CRASH_POINTS } from '../faults.ts'

/** A random drawing around one saga, as a file has it. */
export interface SagaDrawing {
  nodes: NodeSpec[]
  edges: EdgeSpec[]
  more: { faults: object[]; interventions: object[]; seed: number; durationMs: number }
}

/** Orders come until then, and faults have ended a little later. */
const ORDERS_MS = 3_000
const QUIET_MS = 6_000
/** Long enough for every saga to end that ever does. */
const RUN_MS = 600_000
const PARTICIPANTS = ['p0', 'p1', 'p2']

const ms = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max })

const retry = (attempts: fc.Arbitrary<number>): fc.Arbitrary<RetryPolicy> =>
  fc.record({
    initialIntervalMs: fc.constantFrom(0, 5, 200),
    backoffCoefficient: fc.constantFrom(1, 2),
    maximumIntervalMs: fc.constantFrom(50, 1_000),
    maximumAttempts: attempts,
    jitter: fc.constantFrom('none', 'full'),
    nonRetryableErrors: fc.constantFrom<RetryPolicy['nonRetryableErrors'][]>(['declined'], ['declined', 'error'], []),
  })

/** Longer than a call takes that nothing befalls: what is never answered in time never ends. */
const timeoutMs = fc.constantFrom(500, 800, 2_000)

interface Draft {
  asked: Omit<SagaStep, 'name' | 'kind' | 'effect' | 'compensation'>
  undo: NonNullable<SagaStep['compensation']>
  isQuery: boolean
}

const draft = (unknowns: readonly SagaStep['onUnknown'][]): fc.Arbitrary<Draft> =>
  fc.record({
    asked: fc.record(
      {
        startToCloseMs: timeoutMs,
        scheduleToCloseMs: fc.constantFrom(1_000, 5_000),
        local: ms(1, 200).map(constant),
        retry: retry(fc.constantFrom(1, 2, 5)),
        onUnknown: fc.constantFrom(...unknowns),
        idempotencyKey: fc.constantFrom('operation', 'none', 'attempt'),
      },
      { requiredKeys: ['startToCloseMs', 'retry', 'onUnknown', 'idempotencyKey'] },
    ),
    undo: fc.record({ name: fc.constant(''), startToCloseMs: timeoutMs, retry: retry(fc.constantFrom(0, 2)) }),
    isQuery: fc.nat(9).map((dice) => dice === 0),
  })

const EFFECTS: readonly SagaStep['effect'][] = ['reserve-stock', 'charge', 'none']

function stepsOf(early: readonly Draft[], pivot: Draft | undefined, later: readonly Draft[]): SagaStep[] {
  return [
    ...early.map(({ asked, undo, isQuery }, index): SagaStep => {
      if (isQuery) return { ...asked, name: `ask${index}`, kind: 'query', effect: 'none' }
      return { ...asked, name: `do${index}`, kind: 'compensatable', effect: EFFECTS[index % 3]!, compensation: { ...undo, name: `undo${index}` } }
    }),
    ...(pivot ? [{ ...pivot.asked, name: 'ship', kind: 'pivot', effect: 'ship' } as const] : []),
    ...(pivot ? later.map(({ asked }, index): SagaStep => ({ ...asked, name: `finish${index}`, kind: 'retriable', effect: 'none' })) : []),
  ]
}

/** How sagas are kept safe; a property switches one part of it off. */
export type Safety = Pick<SagaConfig, 'register' | 'deduplicate' | 'nullCompensation' | 'antiHanging' | 'logDurable' | 'logWriteAhead'>

/** Everything that the field's engines advise. */
export const SAFE: Safety = { register: 'before-action', deduplicate: true, nullCompensation: true, antiHanging: true, logDurable: true, logWriteAhead: true }

const FORWARD = ['retry-same-key', 'query', 'park'] as const

function config(safety: Safety, pivotUnknowns: readonly SagaStep['onUnknown'][]): fc.Arbitrary<SagaConfig> {
  const forever = draft(FORWARD).map(({ asked, ...one }) => ({ ...one, asked: { ...asked, retry: { ...asked.retry, maximumAttempts: 0 } } }))
  return fc
    .record({
      early: fc.array(draft([...FORWARD, 'compensate']), { minLength: 1, maxLength: 4 }),
      pivot: fc.option(draft(pivotUnknowns), { freq: 4, nil: undefined }),
      later: fc.array(fc.oneof(forever, draft(FORWARD)), { maxLength: 2 }),
      onCompensationFailure: fc.constantFrom<SagaConfig['onCompensationFailure'][]>('retry', 'park', 'continue', 'stop'),
      deadlineMs: fc.constantFrom(0, 0, 400, 2_000),
      crashesPerSecond: fc.constantFrom(0, 0, 0.5, 2),
      restartMs: fc.constantFrom(0, 50, 700),
    })
    .map(({ early, pivot, later, ...rest }) => ({ ...sagaDefaults, ...rest, ...safety, steps: stepsOf(early, pivot, later) }))
}

interface Trouble {
  at: number
  type: string
  fromMs: number
  forMs: number
  times: number | undefined
  step: number
}

const SERVICE_WIDE = ['hang', 'crash', 'pause', 'slow']
const PER_CALL = ['errors', 'reject', 'lose-calls', 'lose-replies', 'delay', 'late-replies', 'duplicate']
const STRENGTHS: Readonly<Record<string, number>> = { slow: 20, errors: 60, delay: 3_000, 'late-replies': 3_000 }

const trouble = (types: readonly string[]): fc.Arbitrary<Trouble> =>
  fc.record({
    at: fc.nat(2), type: fc.constantFrom(...types), fromMs: ms(0, ORDERS_MS), forMs: ms(1, QUIET_MS - ORDERS_MS),
    times: fc.option(ms(1, 3), { nil: undefined }), step: fc.nat(20),
  })

interface Wild {
  config: SagaConfig
  workMs: number[]
  risks: Partial<EdgeSpec>[]
  atParticipants: Trouble[]
  atSaga: Trouble[]
  atLog: Trouble[]
  hasLog: boolean
  cancels: { atMs: number; saga: number }[]
  everyMs: number
  seed: number
}

/** Drawings in which a random saga meets random trouble, that ends: faults of participants and of the log, crashes, a bad network, cancels. */
export function arbitrarySaga(safety: Safety, pivotUnknowns: readonly SagaStep['onUnknown'][] = FORWARD): fc.Arbitrary<SagaDrawing> {
  const percent = fc.constantFrom(0, 0, 5, 30)
  const risk = fc.record({
    latency: ms(0, 60).map(constant), lossPercent: percent, duplicatePercent: percent, reorderPercent: percent, reorderByMs: fc.constantFrom(20, 60),
  })
  return fc
    .record<Wild>({
      config: config(safety, pivotUnknowns),
      workMs: fc.array(ms(0, 150), { minLength: 3, maxLength: 3 }),
      risks: fc.array(risk, { minLength: 3, maxLength: 3 }),
      atParticipants: fc.array(trouble([...PER_CALL, ...SERVICE_WIDE]), { maxLength: 4 }),
      atSaga: fc.array(trouble(CRASH_POINTS), { maxLength: 2 }),
      atLog: fc.array(trouble(['crash']), { maxLength: 1 }),
      hasLog: fc.boolean(),
      cancels: fc.array(fc.record({ atMs: ms(0, QUIET_MS), saga: fc.nat(3) }), { maxLength: 2 }),
      everyMs: fc.constantFrom(150, 500, 1_000),
      seed: fc.maxSafeInteger(),
    })
    .map(draw)
}

function draw({ config: saga, workMs, risks, hasLog, cancels, everyMs, seed, ...troubles }: Wild): SagaDrawing {
  const types = saga.steps.flatMap(({ name, compensation }) => (compensation ? [name, compensation.name] : [name]))
  const typesOf = (at: number): string[] => [...types, ...saga.steps.filter(({ onUnknown }) => onUnknown === 'query').map(({ name }) => `${name}?`)].filter((type) => homeOf(type) === at)
  const limited = ({ times, step }: Trouble): object => ({ ...(times === undefined ? {} : { times }), ...(step < types.length ? { requestType: types[step] } : {}) })
  const fault = (where: string, one: Trouble): object => ({
    node: where, type: one.type, fromMs: one.fromMs, toMs: one.fromMs + one.forMs,
    ...(STRENGTHS[one.type] === undefined ? {} : { strength: STRENGTHS[one.type] }),
    ...(PER_CALL.includes(one.type) || one.type.startsWith('crash-') ? limited(one) : {}),
  })
  return {
    nodes: [
      steady(everyMs, ORDERS_MS),
      node('saga', 'saga', { ...saga }),
      ...PARTICIPANTS.map((id, at) => node(id, 'service', { latency: constant(workMs[at]!), workers: 100 })),
      ...(hasLog ? [node('log', 'saga-log', { latency: constant(3) })] : []),
    ],
    edges: [
      edge('client', 'saga'),
      ...PARTICIPANTS.flatMap((id, at) => (typesOf(at).length === 0 ? [] : [edge('saga', id, { ...risks[at], requestTypes: typesOf(at) })])),
      ...(hasLog ? [edge('saga', 'log', { requestTypes: ['log'] })] : []),
    ],
    more: {
      faults: [
        ...troubles.atParticipants.map((one) => fault(PARTICIPANTS[one.at]!, one)),
        ...troubles.atSaga.map((one) => fault('saga', one)),
        ...(hasLog ? troubles.atLog.map((one) => fault('log', one)) : []),
      ],
      interventions: cancels.toSorted((left, right) => left.atMs - right.atMs).map(({ atMs, saga: request }) => ({ what: 'signal', atMs, node: 'saga', signal: { type: 'CANCEL', saga: request } })),
      seed,
      durationMs: RUN_MS,
    },
  }
}

/** A step, its compensation and the question for its status are at the same participant. */
function homeOf(type: string): number {
  return Number(/\d/.exec(type)?.[0] ?? 2) % PARTICIPANTS.length
}
