import { exp } from '../../../base/math.ts'
import type { Distribution } from '../../../sim/distribution.ts'
import { UsageError } from '../../lib/arguments.ts'
import type { Family } from '../family.ts'
import { unsupportedFamilies } from '../family.ts'
import { COUNT, PROBABILITY, POSITIVE, type Params } from '../params.ts'
import type { Experiment } from '../readings.ts'
import { msPerUnit } from '../time-scale.ts'
import { stationExperiment, type Station } from './stations.ts'

const Z99 = 2.3263478740408408
/** Values of a distribution by which a share is told. */
const VALUES_MAX = 10_000

/** A service time in the oracle's unit, to be made milliseconds. */
interface Service {
  mean: number
  scv: number
  inMs: (unitMs: number) => Distribution
}

export const queueFamilies: readonly Family[] = [
  { prefix: 'mm1-', plan: (params, keys) => queue(params, keys, exponential(params)) },
  { prefix: 'mm1-ms-', plan: (params, keys) => queue(params, keys, exponential(params)) },
  { prefix: 'mm1-timeout-nocancel-', plan: (params, keys) => queue(params, keys, exponential(params), { deadline: params.number('tau', POSITIVE) }) },
  { prefix: 'mmc-', plan: (params, keys) => queue(params, keys, exponential(params), { workers: params.number('c', COUNT) }) },
  { prefix: 'mmck-', plan: (params, keys) => limited(params, keys, exponential(params)) },
  { prefix: 'erlangB-', plan: (params, keys) => limited(params, keys, exponential(params)) },
  { prefix: 'erlangB-insens-D-', plan: (params, keys) => limited(params, keys, constantText(params)) },
  { prefix: 'md1-', plan: (params, keys) => queue(params, keys, constant(params.number('D', POSITIVE))) },
  { prefix: 'dm1-', plan: (params, keys) => queue(params, keys, exponential(params), { arrivals: 'constant' }) },
  { prefix: 'mE', plan: (params, keys) => queue(params, keys, erlang(params)) },
  { prefix: 'mH2-1-', plan: (params, keys) => queue(params, keys, hyperexponential(params)) },
  { prefix: 'mLN1-', plan: (params, keys) => queue(params, keys, logNormal(params)) },
  { prefix: 'mU1-', plan: (params, keys) => queue(params, keys, uniform()) },
  { prefix: 'mg1-bimodal-', plan: (params, keys) => queue(params, keys, bimodal(params)) },
  ...unsupportedFamilies('calls that wait are not withdrawn when their caller loses patience', 'mm1-patienceD-', 'mmc-patienceD-', 'erlangA-'),
  ...unsupportedFamilies('there is no load balancer yet', 'supermarket-'),
]

interface More {
  arrivals?: Station['arrivals']
  workers?: number
  places?: number
  deadline?: number
}

function queue(params: Params, keys: readonly string[], service: Service, { arrivals = 'poisson', workers = 1, places, deadline }: More = {}): Experiment {
  const lambda = params.number('lambda_', POSITIVE)
  if (places === undefined && lambda * service.mean >= workers) {
    throw params.problem('lambda_', `is not below ${workers / service.mean}, what ${workers === 1 ? 'the worker' : 'all workers'} can do: such a queue grows without end`)
  }
  const unitMs = msPerUnit(service.mean)
  const station: Station = {
    arrivals,
    lambda: lambda / unitMs,
    service: service.inMs(unitMs),
    meanServiceMs: service.mean * unitMs,
    scv: service.scv,
    workers,
    places,
    ...(deadline === undefined ? {} : { deadlineMs: deadline * unitMs }),
  }
  return stationExperiment(station, unitMs, keys)
}

/** K counts workers and places to wait. */
function limited(params: Params, keys: readonly string[], service: Service): Experiment {
  const workers = params.number('c', COUNT)
  const all = params.number('K', { min: workers, isWhole: true })
  params.optional('queue_slots', { min: all - workers, max: all - workers })
  return queue(params, keys, service, { workers, places: all - workers })
}

function exponential(params: Params): Service {
  const mean = 1 / params.number('mu', POSITIVE)
  return { mean, scv: 1, inMs: (ms) => ({ type: 'exponential', meanMs: mean * ms }) }
}

function constant(mean: number): Service {
  return { mean, scv: 0, inMs: (ms) => ({ type: 'constant', ms: mean * ms }) }
}

/** `constant 1` */
function constantText(params: Params): Service {
  const mean = Number(/^constant ([\d.]+)$/.exec(params.text('service'))?.[1])
  if (!(mean > 0)) throw params.problem('service', 'is not "constant" with a time above 0')
  return constant(mean)
}

function erlang(params: Params): Service {
  const [mean, stages] = [params.number('mean_service', POSITIVE), params.number('k', COUNT)]
  return { mean, scv: 1 / stages, inMs: (ms) => ({ type: 'erlang', stages, meanMs: mean * ms }) }
}

function hyperexponential(params: Params): Service {
  const [p, first, second] = [params.number('p', PROBABILITY), params.number('mean1', POSITIVE), params.number('mean2', POSITIVE)]
  const mean = p * first + (1 - p) * second
  const scv = (2 * (p * first * first + (1 - p) * second * second)) / (mean * mean) - 1
  return { mean, scv, inMs: (ms) => ({ type: 'hyperexponential', firstPercent: p * 100, firstMeanMs: first * ms, secondMeanMs: second * ms }) }
}

/** People say it by its median and 99th percentile. */
function logNormal(params: Params): Service {
  const [sigma2, mu] = [params.number('sigma2', POSITIVE), params.number('mu_ln', {})]
  const median = exp(mu)
  const p99 = median * exp(Z99 * Math.sqrt(sigma2))
  return { mean: exp(mu + sigma2 / 2), scv: exp(sigma2) - 1, inMs: (ms) => ({ type: 'log-normal', p50Ms: median * ms, p99Ms: p99 * ms }) }
}

/** From 0 to 2: the family knows no other. */
function uniform(): Service {
  return { mean: 1, scv: 1 / 3, inMs: (ms) => ({ type: 'uniform', minMs: 0, maxMs: 2 * ms }) }
}

/** Two values; the share of the slow one in the fewest values that have it exactly. */
function bimodal(params: Params): Service {
  const [p, fast, slow] = [params.number('p_slow', PROBABILITY), params.number('fast', POSITIVE), params.number('slow', POSITIVE)]
  const mean = (1 - p) * fast + p * slow
  const scv = ((1 - p) * fast * fast + p * slow * slow) / (mean * mean) - 1
  let count = 1
  while (count < VALUES_MAX && Math.abs(Math.round(p * count) - p * count) > 1e-9) count += 1
  if (count === VALUES_MAX) throw new UsageError(`p_slow: ${p} is no share of at most ${VALUES_MAX} values`)
  const slowCount = Math.round(p * count)
  return { mean, scv, inMs: (ms) => ({ type: 'empirical', valuesMs: Array.from({ length: count }, (_, index) => (index < slowCount ? slow : fast) * ms) }) }
}
