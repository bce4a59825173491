import { msToUs } from '../../../base/time.ts'
import { DURATION_MS_MAX, type Blueprint } from '../../../model/blueprint.ts'
import { blueprint, chain, node, runThrough } from '../blueprints.ts'
import { BreakerMeter } from '../breaker-meter.ts'
import { unsupportedFamilies, type Family } from '../family.ts'
import { COUNT, PROBABILITY, POSITIVE, type Bounds, type Params } from '../params.ts'
import { mean, meanCount, meanOf, moments, quantile, quantileOf, share, type Experiment, type Reading } from '../readings.ts'

/** Calls of a replication, in the mean. */
const CALLS = 30_000
/** The last cycle may take so many times as long as all were meant to. */
const OVERTIME = 20
const HOUR_MS = 3_600_000
/** Calls that only count come at this pace. */
const STEADY_PER_SECOND = 1_000
const WINDOW: Bounds = { min: 1, max: 10_000, isWhole: true }
const PERCENT: Bounds = { min: 0.1, max: 100 }
const SHORT_WAIT_MS = 1

export const breakerFamilies: readonly Family[] = [
  { prefix: 'cb-consec-', plan: consecutive },
  { prefix: 'cb-window-', plan: countWindow },
  { prefix: 'cb-r4j-default-', plan: defaults },
  ...unsupportedFamilies('the window’s size and threshold are not among its numbers', 'cb-r4j-default-outage'),
  { prefix: 'cb-halfopen-', plan: halfOpen },
  { prefix: 'cb-permafail-', plan: permanentFailure },
  { prefix: 'cb-steady-', plan: partialFailure },
]

/** A client, a breaker and a service that fails. */
interface Setup {
  load: 'poisson' | 'constant'
  ratePerSecond: number
  failPercent: number
  latencyMs: number
  waitMs: number
  breaker: object
  cyclesStartWith: 'OPEN' | 'CLOSED'
}

function runner({ load, ratePerSecond, failPercent, latencyMs, waitMs, breaker, cyclesStartWith }: Setup): (seed: number) => BreakerMeter {
  const untilMs = (CALLS / ratePerSecond) * 1_000
  const window = { fromUs: msToUs(2 * latencyMs), untilUs: msToUs(2 * latencyMs + untilMs) }
  const draw = (seed: number): Blueprint =>
    blueprint(
      [
        node('client', 'client', { load, ratePerSecond, deadlineMs: 0 }),
        node('breaker', 'circuit-breaker', {
          ...breaker,
          slidingWindowType: 'COUNT_BASED',
          slowCallDurationThresholdMs: HOUR_MS,
          waitDurationInOpenStateMs: waitMs,
          automaticTransitionFromOpenToHalfOpen: false,
          fallbackOn: 'none',
        }),
        node('service', 'service', { workers: 5_000, queueCapacity: 0, latency: { type: 'constant', ms: latencyMs }, errorPercent: failPercent }),
      ],
      chain('client', 'breaker', 'service'),
      { seed, durationMs: Math.min(DURATION_MS_MAX, OVERTIME * untilMs) },
    )
  draw(1)
  const options = { node: 'breaker', startsWith: cyclesStartWith, waitUs: msToUs(waitMs), ...window }
  return (seed) => runThrough(draw(seed), (names) => new BreakerMeter(names, options))
}

/** A window of k calls that opens when all failed. */
function consecutive(params: Params): Experiment {
  const k = params.number('k', WINDOW)
  const breaker = { slidingWindowSize: k, minimumNumberOfCalls: k, failureRateThreshold: 100, permittedNumberOfCallsInHalfOpenState: 1 }
  const run = trips(params, breaker)
  return {
    replicate: (seed) => {
      const calls = run(seed)
      return {
        E_calls: wholeMean(calls),
        SD_calls: moments('deviation', calls),
        E_time_at_100rps_s: meanOf(calls.map((one) => one / 100)),
      }
    },
  }
}

function countWindow(params: Params, keys: readonly string[]): Experiment {
  const [size, least] = [params.number('window', WINDOW), params.number('minimumNumberOfCalls', WINDOW)]
  const percent = params.number('failureRateThreshold_pct', PERCENT)
  params.optional('threshold_failures', { min: Math.ceil((percent * size) / 100), max: Math.ceil((percent * size) / 100) })
  return windowExperiment(trips(params, windowOf(size, least, percent)), Math.min(size, least), keys)
}

function defaults(params: Params, keys: readonly string[]): Experiment {
  const [size, least, percent] = [params.number('window', WINDOW), params.number('min_calls', WINDOW), params.number('threshold_pct', PERCENT)]
  return windowExperiment(trips(params, windowOf(size, least, percent)), Math.min(size, least), keys)
}

/** One failure opens it, and all probes together decide. */
function probing(probes: number, percent: number): object {
  return { ...windowOf(1, probes, percent), permittedNumberOfCallsInHalfOpenState: probes }
}

function windowOf(size: number, least: number, percent: number): object {
  return { slidingWindowSize: size, minimumNumberOfCalls: least, failureRateThreshold: percent, permittedNumberOfCallsInHalfOpenState: 1 }
}

function windowExperiment(run: (seed: number) => Float64Array, least: number, keys: readonly string[]): Experiment {
  return {
    replicate: (seed) => {
      const calls = run(seed)
      const upTo = (most: number): Reading => share(calls.filter((one) => one <= most).length, calls.length)
      const readings: Record<string, Reading> = { E_calls_to_trip: wholeMean(calls), P_trip_at_first_evaluation: upTo(least), median_calls: quantile(calls, 0.5) }
      for (const key of keys) {
        const q = quantileOf(key)
        const at = /^P_trip_(?:at_call|within)_(\d+)$/.exec(key)?.[1]
        if (q !== undefined) readings[key] = quantile(calls, q)
        // Before the least number of calls it cannot open, so the first chance is also the first within.
        if (at !== undefined && (key.includes('within') || Number(at) === least)) readings[key] = upTo(Number(at))
      }
      return readings
    },
  }
}

/** How many calls it took each time to open, ascending. The breaker closes again by single probes. */
function trips(params: Params, breaker: object): (seed: number) => Float64Array {
  const failPercent = params.number('p', { above: 0, max: 0.999 }) * 100
  const run = runner({
    load: 'constant',
    ratePerSecond: STEADY_PER_SECOND,
    failPercent,
    latencyMs: 0,
    waitMs: SHORT_WAIT_MS,
    breaker,
    cyclesStartWith: 'OPEN',
  })
  return (seed) => run(seed).callsToTrip.sorted()
}

function wholeMean(values: Float64Array): Reading {
  return meanCount(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  )
}

/** Rounds of probes and what they lead to. */
function halfOpen(params: Params): Experiment {
  const [probes, threshold, p] = [params.number('h', { min: 1, max: 1_000, isWhole: true }), params.number('thr', PROBABILITY), params.number('p', { above: 0, max: 1 })]
  const run = runner({
    load: 'constant',
    ratePerSecond: STEADY_PER_SECOND,
    failPercent: p * 100,
    latencyMs: 0,
    waitMs: SHORT_WAIT_MS,
    breaker: probing(probes, threshold * 100),
    cyclesStartWith: 'OPEN',
  })
  return {
    replicate: (seed) => {
      const { reopened, closed } = run(seed)
      return { P_reopen: share(reopened, reopened + closed), E_rounds_until_close: meanCount(reopened + closed, closed) }
    },
  }
}

/** Everything fails, each call after the same time. */
function permanentFailure(params: Params): Experiment {
  const probes = params.number('half_open_calls', { min: 1, max: 1_000, isWhole: true })
  const [W, lambda, d] = [params.number('W', POSITIVE), params.number('lambda_rps', POSITIVE), params.number('probe_latency', POSITIVE)]
  const run = runner({
    load: 'poisson',
    ratePerSecond: lambda,
    failPercent: 100,
    latencyMs: d * 1_000,
    waitMs: W * 1_000,
    breaker: probing(probes, 50),
    cyclesStartWith: 'OPEN',
  })
  return {
    replicate: (seed) => {
      const { sum, cycles } = run(seed)
      return {
        mean_cycle: mean(sum.lengthUs / 1e6, cycles),
        frac_OPEN_timer_only: mean(sum.waitedUs, sum.lengthUs),
        frac_OPEN_until_next_call: mean(sum.inStateUs['OPEN'] ?? 0, sum.lengthUs),
        frac_HALF_OPEN: mean(sum.inStateUs['HALF_OPEN'] ?? 0, sum.lengthUs),
        admitted_fraction: mean(sum.admitted, sum.calls),
        probe_rate: mean(sum.admitted, sum.lengthUs / 1e6),
      }
    },
  }
}

/** Some calls fail, in no time. */
function partialFailure(params: Params): Experiment {
  const [n, m, p] = [params.number('n', WINDOW), params.number('m', COUNT), params.number('p', { above: 0, max: 0.999 })]
  const run = runner({
    load: 'poisson',
    ratePerSecond: params.number('lambda_rps', POSITIVE),
    failPercent: p * 100,
    latencyMs: 0,
    waitMs: params.number('W', POSITIVE) * 1_000,
    breaker: { ...windowOf(n, n, (m / n) * 100), permittedNumberOfCallsInHalfOpenState: params.number('h', COUNT) },
    cyclesStartWith: 'CLOSED',
  })
  return {
    replicate: (seed) => {
      const { sum, cycles } = run(seed)
      const part = (state: string): Reading => mean(sum.inStateUs[state] ?? 0, sum.lengthUs)
      return {
        E_calls_closed: meanCount(sum.admittedClosed, cycles),
        mean_cycle: mean(sum.lengthUs / 1e6, cycles),
        frac_closed: part('CLOSED'),
        frac_open: part('OPEN'),
        frac_half_open: part('HALF_OPEN'),
        admitted_fraction: mean(sum.admitted, sum.calls),
        success_fraction_of_all_calls: mean(sum.succeeded, sum.calls),
      }
    },
  }
}
