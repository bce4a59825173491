import { msToUs } from '../../../base/time.ts'
import type { Distribution } from '../../../sim/distribution.ts'
import type { Family } from '../family.ts'
import { COUNT, POSITIVE, type Params } from '../params.ts'
import type { ProjectionMeter, Reads } from '../projection-meter.ts'
import { mean, meanCount, meanOf, moments, quantile, quantileOf, share, sumOf, type Experiment, type Reading, type Readings } from '../readings.ts'
import { msPerUnit } from '../time-scale.ts'
import { EVENTS, PEEK, pipelineRunner, readType, relaxationMs, stopsRunner, type Pipeline } from './projections.ts'

/** Keys when it does not matter which. */
const KEYS = 10_000
const MS_PER_S = 1_000
const POLLS = 500
/** Writes between two looks into the outbox. */
const WRITES_PER_POLL = 20

/** Stops of a replication. */
const STOPS = { min: 2, max: 100 }
/** After a stop there is so many times as long as catching up takes in the mean, and so many relaxation times. */
const CATCH_UPS = 2
const SETTLE = 20

/** How old what one reads is. Oracles count time in seconds, or in mean handling times. */
export const stalenessFamilies: readonly Family[] = [
  { prefix: 'cqrs-mm1-', plan: single },
  { prefix: 'cqrs-perkey-', plan: perKey },
  { prefix: 'cqrs-tandem-', plan: tandem },
  { prefix: 'cqrs-catchup-', plan: catchUp },
  { prefix: 'outbox-poll-', plan: polled },
  { prefix: 'aoi-', plan: age },
]

const exponential = (meanMs: number): Distribution => ({ type: 'exponential', meanMs })

/** A projection that handles one event after another. */
function single(params: Params, keys: readonly string[]): Experiment {
  const [lambda, mu] = rates(params, 'mu')
  const unitMs = msPerUnit(1 / mu)
  const base: Pipeline = { ...plain(lambda, unitMs), handler: exponential(unitMs / mu), capacities: [mu / unitMs] }
  return merged(ownReads(base, unitMs, keys), versionReads(base, keys))
}

/** A relay in between. */
function tandem(params: Params, keys: readonly string[]): Experiment {
  const [lambda, mu1] = rates(params, 'mu1')
  const [, mu2] = rates(params, 'mu2')
  const unitMs = msPerUnit(1 / Math.max(mu1, mu2))
  const base: Pipeline = {
    ...plain(lambda, unitMs),
    relay: { mode: 'push', relayLatency: exponential(unitMs / mu1) },
    handler: exponential(unitMs / mu2),
    capacities: [mu1 / unitMs, mu2 / unitMs],
  }
  return ownReads(base, unitMs, keys)
}

function plain(lambda: number, unitMs: number): Omit<Pipeline, 'handler' | 'capacities'> {
  return { arrivals: 'poisson', lambda: lambda / unitMs, keys: KEYS, readsAfter: [], peeks: false }
}

/** The rate of writes and a capacity above it. */
function rates(params: Params, capacity: string): [lambda: number, mu: number] {
  const [lambda, mu] = [params.number('lambda_', POSITIVE), params.number(capacity, POSITIVE)]
  if (lambda >= mu) throw params.problem('lambda_', `is not below ${capacity} ${mu}: the view would fall behind without end`)
  return [lambda, mu]
}

/** From the commit to the view, and what those see who read so long after their own write as the keys say. */
function ownReads(base: Pipeline, unitMs: number, keys: readonly string[]): Experiment {
  const delays = keys.flatMap((key) => {
    const after = delayOf(key, unitMs)
    return after ? [{ key, after }] : []
  })
  const run = pipelineRunner({ ...base, readsAfter: delays.map(({ after }) => after) })
  return {
    replicate: (seed) => {
      const meter = run(seed)
      const own = delays.map(({ key }, index) => [key, shareWithoutOwn(meter.reads(readType(index)))] as const)
      return { ...lagReadings(meter, unitMs, keys), ...Object.fromEntries(own) }
    },
  }
}

/** `P_stale.0.05` is read after 50 ms, `P_stale_read_delay_exp10ms` after 10 ms in the mean. */
function delayOf(key: string, unitMs: number): Distribution | undefined {
  const fixed = /^P_stale[.]([\d.]+)$/.exec(key)?.[1]
  if (fixed !== undefined) return { type: 'constant', ms: Number(fixed) * unitMs }
  const meanMs = /^P_stale_read_delay_exp([\d.]+)ms$/.exec(key)?.[1]
  return meanMs === undefined ? undefined : exponential((Number(meanMs) / MS_PER_S) * unitMs)
}

function shareWithoutOwn({ withoutOwn, count }: Reads): Reading {
  return share(withoutOwn, count)
}

function lagReadings(meter: ProjectionMeter, unitMs: number, keys: readonly string[]): Readings {
  const lags = meter.lags.sorted().map((us) => us / msToUs(unitMs))
  const readings: Record<string, Reading> = { mean_lag: meanOf(lags), var_lag: moments('variance', lags) }
  for (const key of keys) {
    const q = quantileOf(key)
    if (q !== undefined && key.endsWith('_lag')) readings[key] = quantile(lags, q)
  }
  return readings
}

/** By how many events of all a view is behind when somebody looks: one key has them all. */
function versionReads(base: Pipeline, keys: readonly string[]): Experiment {
  const steps = keys.flatMap((key) => {
    const k = /^P_at_least_k_behind[.](\d+)$/.exec(key)?.[1]
    return k === undefined ? [] : [{ key, k: Number(k) }]
  })
  if (steps.length === 0 && !keys.includes('mean_version_lag')) return { replicate: () => ({}) }
  const run = pipelineRunner({ ...base, keys: 1, peeks: true })
  return {
    replicate: (seed) => {
      const reads = run(seed).reads(PEEK)
      return { mean_version_lag: meanBehind(reads), ...Object.fromEntries(steps.map(({ key, k }) => [key, shareBehind(reads, k)])) }
    },
  }
}

/** By how many events of its own a key is behind. */
function perKey(params: Params, keys: readonly string[]): Experiment {
  const [lambda, mu] = rates(params, 'mu')
  const unitMs = msPerUnit(1 / mu)
  const run = pipelineRunner({
    ...plain(lambda, unitMs),
    handler: exponential(unitMs / mu),
    capacities: [mu / unitMs],
    keys: params.number('keys', { ...COUNT, max: 100_000 }),
    peeks: true,
  })
  return {
    replicate: (seed) => {
      const reads = run(seed).reads(PEEK)
      const readings: Record<string, Reading> = { P_stale: shareBehind(reads, 1), mean_versions_behind: meanBehind(reads) }
      for (const key of keys) {
        const k = /^P_(\d+)_versions$/.exec(key)?.[1]
        if (k !== undefined) readings[key] = shareBehind(reads, Number(k))
      }
      return readings
    },
  }
}

function shareBehind({ behind, count }: Reads, least: number): Reading {
  return share(
    behind.reduce((sum, reads, versions) => (versions >= least ? sum + reads : sum), 0),
    count,
  )
}

function meanBehind({ behind, count }: Reads): Reading {
  return meanCount(
    behind.reduce((sum, reads, versions) => sum + reads * versions, 0),
    count,
  )
}

/** Stops, long enough apart for the view to have caught up and be as it always is. */
function catchUp(params: Params): Experiment {
  const [lambda, mu] = rates(params, 'mu')
  const stop = params.number('pause', POSITIVE)
  const unitMs = msPerUnit(1 / mu)
  const of: Pipeline = { ...plain(lambda, unitMs), handler: exponential(unitMs / mu), capacities: [mu / unitMs] }
  const backlog = lambda * stop + lambda / (mu - lambda)
  const everyMs = (stop + (CATCH_UPS * backlog) / (mu - lambda)) * unitMs + SETTLE * relaxationMs(of)
  const stops = Math.min(STOPS.max, Math.max(STOPS.min, Math.round(EVENTS / (of.lambda * everyMs))))
  const run = stopsRunner(of, { stops, stopMs: stop * unitMs, everyMs })
  return {
    replicate: (seed) => {
      const { backlogs, times } = run(seed)
      const [pending, spent] = [backlogs.sorted(), times.sorted()]
      return { backlog_at_resume: meanCount(sumOf(pending), pending.length), E_time_to_empty: meanOf(spent.map((us) => us / msToUs(unitMs))) }
    },
  }
}

/** An outbox that is looked into at a steady pace; nothing else takes time. */
function polled(params: Params, keys: readonly string[]): Experiment {
  const pollEvery = params.number('P', POSITIVE)
  const unitMs = msPerUnit(pollEvery)
  const pollMs = pollEvery * unitMs
  const run = pipelineRunner({
    ...plain((WRITES_PER_POLL / pollMs) * unitMs, unitMs),
    relay: { mode: 'outbox-polling', pollIntervalMs: pollMs, batchSize: 0, relayLatency: { type: 'constant', ms: 0 } },
    handler: { type: 'constant', ms: 0 },
    capacities: [],
    measuredMs: POLLS * pollMs,
  })
  return {
    replicate: (seed) => {
      const delays = run(seed).lags.sorted().map((us) => us / msToUs(unitMs))
      const readings: Record<string, Reading> = { mean: meanOf(delays), sd: moments('deviation', delays) }
      for (const key of keys) {
        const q = quantileOf(key)
        if (q !== undefined) readings[key] = quantile(delays, q)
      }
      return readings
    },
  }
}

/** How old the newest is that the view has, on average over time: for random and steady writes, random and steady handling. */
function age(params: Params, keys: readonly string[]): Experiment {
  const [lambda, mu] = rates(params, 'mu')
  const unitMs = msPerUnit(1 / mu)
  const steady: Distribution = { type: 'constant', ms: unitMs / mu }
  const base: Pipeline = { ...plain(lambda, unitMs), handler: exponential(unitMs / mu), capacities: [mu / unitMs] }
  const pipelines: Readonly<Record<string, Pipeline>> = { AoI_MM1: base, AoI_MD1: { ...base, handler: steady }, AoI_DM1: { ...base, arrivals: 'constant' } }
  const runs = Object.entries(pipelines).flatMap(([key, pipeline]) => (keys.includes(key) ? [{ key, run: pipelineRunner(pipeline) }] : []))
  return {
    replicate: (seed) =>
      Object.fromEntries(
        runs.map(({ key, run }) => {
          const { ageSum, measuredS } = run(seed)
          return [key, mean((ageSum * MS_PER_S) / unitMs, measuredS)]
        }),
      ),
  }
}

/** Two experiments about the same numbers. */
function merged(one: Experiment, other: Experiment): Experiment {
  return { replicate: (seed) => ({ ...one.replicate(seed), ...other.replicate(seed) }) }
}
