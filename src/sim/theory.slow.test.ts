import { describe, expect, test } from 'vitest'
import type { Blueprint } from '../model/blueprint.ts'
import { exp } from '../base/math.ts'
import type { Distribution } from './distribution.ts'
import { Outcome } from './record.ts'
import oracles from './testdata/queue-oracles.json' with { type: 'json' }
import { blueprint, chain, constant, node } from './testing/blueprints.ts'
import { estimate, estimateQuantile, estimateShare, runCustomers, type Estimate, type Stretch } from './testing/replications.ts'

/** Oracles count time in mean service times; here that is 10 ms. */
const UNIT_MS = 10
const UNIT_US = UNIT_MS * 1_000
const REPLICATIONS = 20
/** Estimates may be this many standard errors away: by chance one in two thousand is. Seeds are fixed, so none flickers. */
const ERRORS_MAX = 3.5

type OracleId = keyof typeof oracles

/** Service time of mean 1. */
const exponential: Distribution = { type: 'exponential', meanMs: UNIT_MS }

interface Station {
  arrivals?: 'poisson' | 'constant'
  /** Arrivals per mean service time. */
  lambda: number
  service: Distribution
  workers?: number
  /** Places to wait; as good as unlimited unless told. */
  places?: number
  /** In mean service times; none unless told. */
  deadline?: number
}

function station({ arrivals = 'poisson', lambda, service, workers = 1, places = 100_000, deadline = 0 }: Station, seed: number): Blueprint {
  return blueprint(
    [
      node('customers', 'client', { load: arrivals, ratePerSecond: (1_000 / UNIT_MS) * lambda, deadlineMs: deadline * UNIT_MS }),
      node('desk', 'service', { workers, queueCapacity: places, latency: service }),
    ],
    chain('customers', 'desk'),
    { seed },
  )
}

/** Sojourn times of those who got in, in mean service times, and the share that did not, replication by replication. */
function measure(of: Station, count: Stretch): { times: Float64Array[]; lost: number[]; customers: number } {
  const times: Float64Array[] = []
  const lost: number[] = []
  for (let seed = 1; seed <= REPLICATIONS; seed += 1) {
    const served = new Float64Array(count.measured)
    let servedCount = 0
    runCustomers(station(of, seed), count, ({ elapsedUs, outcome }) => {
      if (outcome === Outcome.ok) served[servedCount++] = elapsedUs / UNIT_US
    })
    times.push(served.slice(0, servedCount))
    lost.push(1 - servedCount / count.measured)
  }
  return { times, lost, customers: REPLICATIONS * count.measured }
}

function near({ value, error }: Estimate, expected: number, what: string): void {
  const errors = (value - expected) / error
  expect(Math.abs(errors), `${what}: theory says ${expected}, ${value} was measured, standard error ${error}: ${errors.toFixed(2)} of them away`).toBeLessThanOrEqual(ERRORS_MAX)
  // An error so large that anything passes proves nothing.
  expect(error / expected, `${what} is measured well enough`).toBeLessThan(0.05)
}

const meanOf = (times: readonly Float64Array[]): Estimate => estimate(times.map((each) => each.reduce((sum, time) => sum + time, 0) / each.length))

/** Warm-up: twenty relaxation times, 1/(√µ−√λ)², of the queue in question. */
describe('queues without a limit', () => {
  test.each<[OracleId, Station, Stretch, number]>([
    ['mm1-rho0.5', { lambda: 0.5, service: exponential }, { warmUp: 200, measured: 10_000 }, 1],
    ['mm1-ms-80rps-10ms', { lambda: 0.8, service: exponential }, { warmUp: 1_500, measured: 15_000 }, 0.01],
    ['mmc-c3-a2.4', { lambda: 2.4, service: exponential, workers: 3 }, { warmUp: 1_500, measured: 12_000 }, 1],
    ['mmc-c10-a8', { lambda: 8, service: exponential, workers: 10 }, { warmUp: 1_500, measured: 10_000 }, 1],
    ['md1-rho0.8', { lambda: 0.8, service: constant(UNIT_MS) }, { warmUp: 1_500, measured: 12_000 }, 1],
    ['dm1-rho0.8', { lambda: 0.8, service: exponential, arrivals: 'constant' }, { warmUp: 1_500, measured: 12_000 }, 1],
    ['mE21-rho0.5', { lambda: 0.5, service: { type: 'erlang', stages: 2, meanMs: UNIT_MS } }, { warmUp: 300, measured: 8_000 }, 1],
  ])('%s: mean and 99th percentile of the time spent', (id, of, count, unit) => {
    const { W, sojourn_p99: p99 } = oracles[id].expected as { W: number; sojourn_p99: number }
    const { times, lost } = measure(of, count)
    expect(Math.max(...lost)).toBe(0)
    near(meanOf(times), W / unit, 'mean')
    near(estimateQuantile(times, 0.99), p99 / unit, 'p99')
  })

  test.each<[OracleId, Distribution]>([
    ['mLN1-cv1-rho0.8', logNormal(oracles['mLN1-cv1-rho0.8'].params.sigma2)],
    ['mH2-1-scv4-rho0.8', { type: 'hyperexponential', firstPercent: 88.72983346207417, firstMeanMs: 0.5635083268962916 * UNIT_MS, secondMeanMs: 4.436491673103709 * UNIT_MS }],
  ])('%s: mean of the time spent', (id, service) => {
    const { W } = oracles[id].expected as { W: number }
    const { times } = measure({ lambda: 0.8, service }, { warmUp: 2_000, measured: 15_000 })
    near(meanOf(times), W, 'mean')
  })
})

/** Mean 1 and variance e^σ²−1, said as people say it: by its median and 99th percentile. */
function logNormal(sigmaSquared: number): Distribution {
  const median = exp(-sigmaSquared / 2)
  return { type: 'log-normal', p50Ms: median * UNIT_MS, p99Ms: median * exp(2.3263478740408408 * Math.sqrt(sigmaSquared)) * UNIT_MS }
}

describe('queues with a limit', () => {
  test.each<[OracleId, Station]>([
    ['mmck-c1-K5-lam0.8-mu1', { lambda: 0.8, service: exponential, places: 4 }],
    ['mmck-c4-K8-lam3.2-mu1', { lambda: 3.2, service: exponential, workers: 4, places: 4 }],
  ])('%s: the share turned away, and how long the others take', (id, of) => {
    const expected = oracles[id].expected as { blocking: number; W_accepted: number; sojourn_accepted_p99: number }
    const { times, lost, customers } = measure(of, { warmUp: 500, measured: 8_000 })
    near(estimateShare(lost, expected.blocking, customers), expected.blocking, 'turned away')
    near(meanOf(times), expected.W_accepted, 'mean')
    near(estimateQuantile(times, 0.99), expected.sojourn_accepted_p99, 'p99')
  })

  test.each<[string, Distribution]>([
    ['exponential', exponential],
    ['constant', constant(UNIT_MS)],
    ['hyperexponential', { type: 'hyperexponential', firstPercent: 90, firstMeanMs: UNIT_MS / 2, secondMeanMs: UNIT_MS * 5.5 }],
    ['uniform', { type: 'uniform', minMs: 0, maxMs: 2 * UNIT_MS }],
  ])('Erlang’s loss formula holds for %s service: only its mean matters', (_name, service) => {
    const { blocking } = oracles['erlangB-c10-a8'].expected
    expect(blocking).toBe(oracles['erlangB-insens-D-c10-a8'].expected.blocking)
    const { lost, customers } = measure({ lambda: 8, service, workers: 10, places: 0 }, { warmUp: 500, measured: 6_000 })
    near(estimateShare(lost, blocking, customers), blocking, 'turned away')
  })
})

test('a client that gives up, while the work goes on: its share of timeouts is the tail of the time spent', () => {
  const { P_timeout } = oracles['mm1-timeout-nocancel-rho0.8-tau10'].expected
  const { lost, customers } = measure({ lambda: 0.8, service: exponential, deadline: 10 }, { warmUp: 1_500, measured: 10_000 })
  near(estimateShare(lost, P_timeout, customers), P_timeout, 'timeouts')
})

describe('retries before a queue (BCMP)', () => {
  const { params, expected } = oracles['bcmp-retry-lam50-p0.2-r3']
  /** The desk's place among the nodes. */
  const DESK = 2
  const system = (retry: Record<string, unknown>, seed: number): Blueprint =>
    blueprint(
      [
        node('customers', 'client', { load: 'poisson', ratePerSecond: params['lambda_'], deadlineMs: 0 }),
        node('again', 'retry', { maximumAttempts: params.retries + 1, initialIntervalMs: params.mean_backoff_fixed * 1_000, backoffCoefficient: 1, ...retry }),
        node('desk', 'service', { workers: 1, queueCapacity: 100_000, latency: { type: 'exponential', meanMs: 1_000 / params.mu }, errorPercent: params.p * 100 }),
      ],
      chain('customers', 'again', 'desk'),
      { seed },
    )

  test.each([
    ['waits that are always the same', { jitter: 'none' }, expected.total_time_mean_fixed_backoff],
    ['waits that double', { jitter: 'none', backoffCoefficient: 2 }, expected.total_time_mean_exp_backoff],
    ['waits that double, spread from nothing to all', { jitter: 'full', backoffCoefficient: 2 }, expected.total_time_mean_full_jitter],
  ])('%s: the total time, and the share that ends well', (_name, retry, total) => {
    const means: number[] = []
    const good: number[] = []
    const count = { warmUp: 500, measured: 6_000 }
    for (let seed = 1; seed <= REPLICATIONS; seed += 1) {
      let [sumS, goodCount] = [0, 0]
      runCustomers(system(retry, seed), count, ({ elapsedUs, outcome }) => {
        sumS += elapsedUs / 1e6
        if (outcome === Outcome.ok) goodCount += 1
      })
      means.push(sumS / count.measured)
      good.push(goodCount / count.measured)
    }
    near(estimate(means), total, 'total time')
    near(estimateShare(good, expected.call_success, REPLICATIONS * count.measured), expected.call_success, 'success')
  })

  test('the queue does not notice how the waits are spread: a visit takes as long as in a plain queue of that load', () => {
    const visits = Array.from({ length: REPLICATIONS }, (_, index) => {
      const times: number[] = []
      runCustomers(system({ jitter: 'equal', backoffCoefficient: 3 }, index + 1), { warmUp: 500, measured: 10_000 }, ({ elapsedUs }) => void times.push(elapsedUs / 1e6), DESK)
      return Float64Array.from(times)
    })
    near(meanOf(visits), expected.visit_sojourn_mean, 'visit')
    near(estimateQuantile(visits, 0.99), expected.visit_sojourn_p99, 'p99 of a visit')
  })
})
