import { msToUs } from '../../../base/time.ts'
import { DURATION_MS_MAX, type Blueprint } from '../../../model/blueprint.ts'
import { blueprint, edge, node, runThrough } from '../blueprints.ts'
import type { Family } from '../family.ts'
import { COUNT, POSITIVE, PROBABILITY, type Bounds, type Params } from '../params.ts'
import { mean, meanCount, meanOf, moments, quantile, quantileOf, share, type Experiment, type Reading, type Readings } from '../readings.ts'
import { SagaMeter } from '../saga-meter.ts'
import { msPerUnit } from '../time-scale.ts'

/** Sagas of a replication, fewer when each makes many attempts. */
const SAGAS_MAX = 3_000
const ATTEMPTS = 36_000
/** Calls at a participant at the same time, in the mean; it could work on fifty times as many. */
const CALLS_AT_ONCE = 100

/** What never succeeds would be tried for ever. */
const LIKELY: Bounds = { min: 0.001, max: 1 }

export const sagaFamilies: readonly Family[] = [
  { prefix: 'saga-n', plan: steps },
  { prefix: 'saga-pivot', plan: pivot },
  { prefix: 'saga-crash-', plan: crashes },
]

/** One step, as its participant meets it. */
interface Step {
  kind: 'compensatable' | 'pivot' | 'retriable'
  success: number
  /** 0: without end. */
  attempts: number
}

interface Chain {
  sagas: number
  steps: readonly Step[]
  meanStepMs: number
  meanUndoMs: number
  undoSuccess: number
}

/** Every step may fail, a few times or for good; then what was done is undone. */
function steps(params: Params, keys: readonly string[]): Experiment {
  const success = params.numbers('s', PROBABILITY)
  const attempts = params.number('retries', { min: 0, max: 999, isWhole: true }) + 1
  return chainExperiment(
    params,
    keys,
    success.map((s) => ({ kind: 'compensatable', success: s, attempts })),
    params.number('comp_success', LIKELY),
  )
}

function pivot(params: Params, keys: readonly string[]): Experiment {
  const compensatable = params.numbers('compensatable', PROBABILITY).map((success): Step => ({ kind: 'compensatable', success, attempts: 1 }))
  const retriable = params.numbers('retriable', LIKELY).map((success): Step => ({ kind: 'retriable', success, attempts: 0 }))
  return chainExperiment(params, keys, [...compensatable, { kind: 'pivot', success: params.number('pivot', PROBABILITY), attempts: 1 }, ...retriable], 1)
}

function chainExperiment(params: Params, keys: readonly string[], chain: readonly Step[], undoSuccess: number): Experiment {
  const [meanStep, meanUndo] = [params.number('mean_step', POSITIVE), params.number('mean_comp', POSITIVE)]
  const unitMs = msPerUnit(Math.min(meanStep, meanUndo))
  const attempts = chain.reduce((sum, step) => sum + attemptsOf(step), 0)
  const sagas = Math.ceil(Math.min(SAGAS_MAX, ATTEMPTS / attempts))
  const of: Chain = { sagas, steps: chain, meanStepMs: meanStep * unitMs, meanUndoMs: meanUndo * unitMs, undoSuccess }
  drawChain(of, 1)
  const undoTypes = chain.map((_, index) => undoName(index))
  return {
    replicate: (seed) => chainReadings(runThrough(drawChain(of, seed), (names) => new SagaMeter(names, { node: 'saga', undoTypes, enough: sagas })), unitMs, keys),
  }
}

const stepName = (index: number): string => `step${index + 1}`
const undoName = (index: number): string => `undo${index + 1}`
const AT_ONCE = { initialIntervalMs: 0, backoffCoefficient: 1, maximumIntervalMs: 0, jitter: 'none', nonRetryableErrors: [] } as const
const PLAIN = { onUnknown: 'retry-same-key', idempotencyKey: 'operation', effect: 'none' } as const

/** So many sagas at a steady pace, and none in another's way; the run ends when the last one does. */
function drawChain(of: Chain, seed: number): Blueprint {
  const ratePerSecond = paceOf(of)
  return blueprint(
    [
      node('client', 'client', { load: 'constant', ratePerSecond, deadlineMs: 0, sendUntilMs: Math.min(DURATION_MS_MAX, ((of.sagas + 0.5) / ratePerSecond) * 1_000) }),
      node('saga', 'saga', { steps: of.steps.map(toSagaStep), onCompensationFailure: 'retry', deadlineMs: 0, crashesPerSecond: 0 }),
      ...of.steps.map((step, index) => participant(of, step, index)),
    ],
    [edge('client', 'saga'), ...of.steps.map((_, index) => edge('saga', `participant${index + 1}`, { requestTypes: [stepName(index), undoName(index)] }))],
    { seed, durationMs: DURATION_MS_MAX },
  )
}

/** Sagas per second so that no participant has too much to do. */
function paceOf({ steps: all, meanStepMs, meanUndoMs, undoSuccess }: Chain): number {
  const workMs = all.map((step) => attemptsOf(step) * meanStepMs + meanUndoMs / undoSuccess)
  return (CALLS_AT_ONCE / Math.max(...workMs)) * 1_000
}

/** Attempts of a saga that comes to this step, in the mean. */
function attemptsOf({ success, attempts }: Step): number {
  if (success === 0) return attempts
  return (attempts === 0 ? 1 : 1 - (1 - success) ** attempts) / success
}

function toSagaStep({ kind, attempts }: Step, index: number): object {
  const compensation = { name: undoName(index), retry: { ...AT_ONCE, maximumAttempts: 0 } }
  return { ...PLAIN, name: stepName(index), kind, retry: { ...AT_ONCE, maximumAttempts: attempts }, ...(kind === 'compensatable' ? { compensation } : {}) }
}

function participant({ meanStepMs, meanUndoMs, undoSuccess }: Chain, { success }: Step, index: number): object {
  return node(`participant${index + 1}`, 'service', {
    workers: 50 * CALLS_AT_ONCE,
    queueCapacity: 0,
    latency: { type: 'exponential', meanMs: meanStepMs },
    errorPercent: 100 * (1 - success),
    perType: [{ type: undoName(index), latency: { type: 'exponential', meanMs: meanUndoMs }, errorPercent: 100 * (1 - undoSuccess) }],
  })
}

function chainReadings(meter: SagaMeter, unitMs: number, keys: readonly string[]): Readings {
  const inUnits = (us: Float64Array): Float64Array => us.map((one) => one / msToUs(unitMs))
  const makespans = inUnits(meter.makespans())
  const [completed, aborted] = [inUnits(meter.completed.sorted()), inUnits(meter.aborted.sorted())]
  const { ended } = meter
  const readings: Record<string, Reading> = {
    P_complete: share(completed.length, ended),
    P_abort: share(aborted.length, ended),
    E_attempts: meanCount(meter.attempts, ended),
    E_completed_steps: meanCount(meter.succeeded, ended),
    E_compensations: meanCount(meter.undone, ended),
    E_compensations_given_abort: meanCount(meter.undone, aborted.length, true),
    E_compensation_attempts: meanCount(meter.undoAttempts, ended),
    E_makespan: meanOf(makespans),
    SD_makespan: moments('deviation', makespans),
  }
  for (const key of keys) {
    const q = quantileOf(key)
    if (q === undefined || !key.startsWith('makespan_')) continue
    if (key.endsWith('_given_complete')) readings[key] = quantile(completed, q, true)
    else if (key.endsWith('_given_abort')) readings[key] = quantile(aborted, q, true)
    else readings[key] = quantile(makespans, q)
  }
  return readings
}

/** The orchestrator itself crashes while it works; what of a saga is done again depends on its log. */
function crashes(params: Params): Experiment {
  const [perSecond, stepS, restartS] = [params.number('crash_rate', { above: 0, max: 100 }), params.number('step', POSITIVE), params.number('restart', POSITIVE)]
  const count = params.number('steps', COUNT)
  const local = { type: 'constant', ms: stepS * 1_000 }
  const draw = (seed: number, logDurable: boolean): Blueprint =>
    blueprint(
      [
        // One after the other: a crash would strike all that are under way.
        node('client', 'client', { load: 'users', users: 1, think: { type: 'constant', ms: 0 }, deadlineMs: 0 }),
        node('saga', 'saga', {
          steps: Array.from({ length: count }, (_, index) => ({ ...toSagaStep({ kind: 'compensatable', success: 1, attempts: 1 }, index), local })),
          deadlineMs: 0,
          logDurable,
          crashesPerSecond: perSecond,
          restartMs: restartS * 1_000,
        }),
      ],
      [edge('client', 'saga')],
      { seed, durationMs: DURATION_MS_MAX },
    )
  draw(1, true)
  const run = (seed: number, logDurable: boolean): SagaMeter =>
    runThrough(draw(seed, logDurable), (names) => new SagaMeter(names, { node: 'saga', undoTypes: [], enough: SAGAS_MAX }))
  return {
    replicate: (seed) => {
      const [kept, lost] = [run(seed, true), run(seed, false)]
      const inSeconds = (meter: SagaMeter): Float64Array => meter.makespans().map((us) => us / 1e6)
      return {
        E_makespan_checkpointed: meanOf(inSeconds(kept)),
        E_makespan_restart_from_scratch: meanOf(inSeconds(lost)),
        E_executions_per_step: mean(kept.attempts, count * kept.ended),
        E_duplicate_executions_total: meanCount(kept.attempts - kept.succeeded, kept.ended),
        E_crashes: meanCount(kept.crashes, kept.ended),
      }
    },
  }
}
