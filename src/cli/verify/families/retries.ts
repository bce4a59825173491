import { msToUs } from '../../../base/time.ts'
import type { Blueprint } from '../../../model/blueprint.ts'
import { Outcome } from '../../../sim/record.ts'
import { blueprint, chain, node, runThrough } from '../blueprints.ts'
import type { Family } from '../family.ts'
import { PROBABILITY, POSITIVE, type Params } from '../params.ts'
import { mean, meanCount, meanOf, quantile, quantileOf, rate, share, type Experiment, type Reading } from '../readings.ts'
import { ClientMeter, Readers, StationMeter, type Window } from '../station.ts'
import { endMs, msPerUnit } from '../time-scale.ts'

const REQUESTS = 20_000
const WARM_UP = 20
const RETRIES: { min: number; max: number; isWhole: boolean } = { min: 0, max: 99, isWhole: true }

export const retryFamilies: readonly Family[] = [
  { prefix: 'retry-amp-', plan: amplification },
  { prefix: 'bcmp-retry-', plan: productForm },
]

/** A call that takes no time and fails now and then, repeated at once. */
function amplification(params: Params): Experiment {
  const [p, retries] = [params.number('p', PROBABILITY), params.number('retries', RETRIES)]
  const ratePerSecond = 1_000
  const window: Window = { fromUs: 0, untilUs: (REQUESTS / ratePerSecond) * 1e6 }
  const draw = (seed: number): Blueprint =>
    blueprint(
      [
        node('client', 'client', { load: 'constant', ratePerSecond, deadlineMs: 0 }),
        node('again', 'retry', { maximumAttempts: retries + 1, initialIntervalMs: 0, jitter: 'none' }),
        node('service', 'service', { workers: 1, queueCapacity: 10, latency: { type: 'constant', ms: 0 }, errorPercent: p * 100 }),
      ],
      chain('client', 'again', 'service'),
      { seed, durationMs: window.untilUs / 1_000 },
    )
  draw(1)
  return {
    replicate: (seed) => {
      const { station, client } = observe(draw(seed), window)
      return {
        attempts_per_call: meanCount(station.sojourns.length, client.answered),
        success: share(client.count(Outcome.ok), client.answered),
      }
    },
  }
}

/** The ways to wait between attempts that such an oracle knows: the queue must not notice which. */
const BACKOFFS = {
  total_time_mean_fixed_backoff: { backoffCoefficient: 1, jitter: 'none' },
  total_time_mean_exp_backoff: { backoffCoefficient: 2, jitter: 'none' },
  total_time_mean_full_jitter: { backoffCoefficient: 2, jitter: 'full' },
} as const

/** A queue whose calls fail after the work and come back after a wait of any law (BCMP). */
function productForm(params: Params, keys: readonly string[]): Experiment {
  const [lambda, mu, p] = [params.number('lambda_', POSITIVE), params.number('mu', POSITIVE), params.number('p', { min: 0, max: 0.999 })]
  const [retries, backoff] = [params.number('retries', RETRIES), params.number('mean_backoff_fixed', POSITIVE)]
  const attempts = (1 - p ** (retries + 1)) / (1 - p)
  if (lambda * attempts >= mu) throw params.problem('lambda_', `with ${attempts} attempts each is not below mu ${mu}: such a queue grows without end`)
  const unitMs = msPerUnit(1 / mu)
  const warmUp = WARM_UP * (1 / (Math.sqrt(mu) - Math.sqrt(lambda * attempts)) ** 2 + backoff * 2 ** retries)
  const window: Window = { fromUs: msToUs(warmUp * unitMs), untilUs: msToUs(endMs(warmUp * unitMs, (REQUESTS / lambda) * unitMs)) }
  const draw = (seed: number, waits: object): Blueprint =>
    blueprint(
      [
        node('customers', 'client', { load: 'poisson', ratePerSecond: (lambda / unitMs) * 1_000, deadlineMs: 0 }),
        node('again', 'retry', { maximumAttempts: retries + 1, initialIntervalMs: backoff * unitMs, maximumIntervalMs: 3_600_000, ...waits }),
        node('desk', 'service', { workers: 1, queueCapacity: 100_000, latency: { type: 'exponential', meanMs: unitMs / mu }, errorPercent: p * 100 }),
      ],
      chain('customers', 'again', 'desk'),
      { seed, durationMs: window.untilUs / 1_000 },
    )
  draw(1, {})
  return {
    replicate: (seed) => {
      const times = Object.entries(BACKOFFS).map(([key, waits]) => {
        const { client } = observe(draw(seed, waits), window)
        return [key, meanOf(client.times.sorted().map((us) => us / msToUs(unitMs)))] as const
      })
      return { ...Object.fromEntries(times), ...queueReadings(observe(draw(seed, BACKOFFS.total_time_mean_full_jitter), window), window, unitMs, keys) }
    },
  }
}

function queueReadings({ station, client }: Observed, window: Window, unitMs: number, keys: readonly string[]): Record<string, Reading> {
  const windowUs = window.untilUs - window.fromUs
  const visits = station.sojourns.sorted().map((us) => us / msToUs(unitMs))
  const readings: Record<string, Reading> = {
    attempts_per_call: mean(visits.length, client.answered),
    lambda_eff: rate(visits.length, windowUs / msToUs(unitMs)),
    util: rate(station.presentUs - station.waitingUs, windowUs),
    L_queue: rate(station.presentUs, windowUs),
    visit_sojourn_mean: meanOf(visits),
    call_success: share(client.count(Outcome.ok), client.answered),
  }
  for (const key of keys) {
    const q = quantileOf(key)
    if (q !== undefined && key.startsWith('visit_sojourn_')) readings[key] = quantile(visits, q)
  }
  return readings
}

interface Observed {
  station: StationMeter
  client: ClientMeter
}

function observe(of: Blueprint, window: Window): Observed {
  const client = new ClientMeter(window)
  let station: StationMeter | undefined
  runThrough(of, (compiled) => {
    station = new StationMeter(compiled, compiled.nodeIds.includes('desk') ? 'desk' : 'service', window)
    return new Readers([station, client])
  })
  return { station: station!, client }
}
