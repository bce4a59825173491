import { msToUs } from '../../../base/time.ts'
import type { Blueprint } from '../../../model/blueprint.ts'
import type { Distribution } from '../../../sim/distribution.ts'
import { Outcome } from '../../../sim/record.ts'
import { blueprint, chain, node, runThrough } from '../blueprints.ts'
import { mean, meanOf, moments, quantile, quantileOf, rate, share, type Experiment, type Reading, type Readings } from '../readings.ts'
import { ClientMeter, Readers, StationMeter, type Window } from '../station.ts'
import { endMs } from '../time-scale.ts'

/** Customers that a replication measures, in the mean. */
const CUSTOMERS = 20_000
/** Relaxation times that pass before measuring. */
const WARM_UP = 20
/** As good as unlimited. */
const PLACES_MAX = 100_000

/** Arrivals, a queue, workers. Times in milliseconds, rates per millisecond. */
export interface Station {
  arrivals: 'poisson' | 'constant'
  lambda: number
  service: Distribution
  meanServiceMs: number
  /** Variance of the service time over its squared mean. */
  scv: number
  workers: number
  /** Places to wait; unlimited when undefined. */
  places?: number | undefined
  /** After so long a client gives up. */
  deadlineMs?: number
}

/** What a replication saw. */
export interface StationRun {
  station: StationMeter
  client: ClientMeter
  window: Window
}

/** One station's replications: runs it long enough for all that is slow in it. */
export function stationRunner(of: Station): (seed: number) => StationRun {
  const warmUpMs = WARM_UP * relaxationMs(of)
  const untilMs = endMs(warmUpMs, CUSTOMERS / of.lambda)
  const window: Window = { fromUs: msToUs(warmUpMs), untilUs: msToUs(untilMs) }
  const draw = (seed: number): Blueprint => drawStation(of, seed, untilMs)
  draw(1)
  return (seed) => {
    const client = new ClientMeter(window)
    let station: StationMeter | undefined
    runThrough(draw(seed), (compiled) => {
      station = new StationMeter(compiled, 'desk', window)
      return new Readers([station, client])
    })
    return { station: station!, client, window }
  }
}

function drawStation({ arrivals, lambda, service, workers, places = PLACES_MAX, deadlineMs = 0 }: Station, seed: number, durationMs: number): Blueprint {
  return blueprint(
    [
      node('customers', 'client', { load: arrivals, ratePerSecond: lambda * 1_000, deadlineMs }),
      node('desk', 'service', { workers, queueCapacity: places, latency: service, errorPercent: 0 }),
    ],
    chain('customers', 'desk'),
    { seed, durationMs },
  )
}

/**
 * How long the slowest deviation from the steady state takes to fade, at least one service. Exact for exponential service (with
 * limited places too); longer in proportion when services vary more.
 */
function relaxationMs({ lambda, meanServiceMs, scv, workers, places }: Station): number {
  const capacity = workers / meanServiceMs
  const limit = places === undefined ? 0 : 2 * Math.sqrt(lambda * capacity) * (1 - Math.cos(Math.PI / (workers + places + 1)))
  const gap = (Math.sqrt(capacity) - Math.sqrt(lambda)) ** 2 + limit
  return Math.max(meanServiceMs, 1 / gap) * Math.max(1, (1 + scv) / 2)
}

/** An experiment on one station; `unitMs` is the oracle's unit of time, `keys` what it asks. */
export function stationExperiment(of: Station, unitMs: number, keys: readonly string[]): Experiment {
  const run = stationRunner(of)
  return { replicate: (seed) => stationReadings(run(seed), of.workers, unitMs, keys) }
}

/** Everything that oracles ask about a queue, in the oracle's unit of time. */
export function stationReadings({ station, client, window }: StationRun, workers: number, unitMs: number, keys: readonly string[]): Readings {
  const usPerUnit = msToUs(unitMs)
  const inUnits = (us: Float64Array): Float64Array => us.map((one) => one / usPerUnit)
  const sojourns = inUnits(station.sojourns.sorted())
  const waits = inUnits(station.waits.sorted())
  const services = inUnits(station.services.sorted())
  const windowUs = window.untilUs - window.fromUs
  const served = sojourns.length
  const W = meanOf(sojourns)
  const Wq = meanOf(waits)
  const isWaiting = share(station.waited, served)
  const readings: Record<string, Reading> = {
    util: rate((station.presentUs - station.waitingUs) / workers, windowUs),
    L: rate(station.presentUs, windowUs),
    Lq: rate(station.waitingUs, windowUs),
    W,
    Wq,
    W_accepted: W,
    Wq_accepted: Wq,
    P_wait: isWaiting,
    P_wait_ErlangC: isWaiting,
    sigma: isWaiting,
    var_sojourn: moments('variance', sojourns),
    busy_period_mean: mean(station.occupiedUs / usPerUnit, station.busyPeriods),
    P_empty: rate(windowUs - station.occupiedUs, windowUs),
    blocking: share(station.refused, served + station.refused),
    throughput: rate(served, windowUs / usPerUnit),
    ES: meanOf(services),
    ES2: meanOf(services.map((one) => one * one)),
    scv: moments('scv', services),
    P_timeout: share(client.count(Outcome.timedOut), client.answered),
    goodput: rate(client.count(Outcome.ok), windowUs / usPerUnit),
  }
  for (const key of keys) {
    const q = quantileOf(key)
    if (q !== undefined && /^(?:sojourn|wait)_/.test(key)) readings[key] = quantile(key.startsWith('wait') ? waits : sojourns, q)
  }
  return readings
}
