import { NumberColumn } from '../../../base/stats.ts'
import { msToUs } from '../../../base/time.ts'
import type { Blueprint } from '../../../model/blueprint.ts'
import { RecordKind } from '../../../sim/record.ts'
import { blueprint, edge, node, runThrough, type Reader } from '../blueprints.ts'
import type { Family } from '../family.ts'
import { POSITIVE, type Params } from '../params.ts'
import { mean, meanOf, quantile, quantileOf, sumOf, type Experiment, type Reading } from '../readings.ts'
import { ClientMeter } from '../station.ts'
import { msPerUnit } from '../time-scale.ts'
import { stationRunner, type Station } from './stations.ts'

/** Calls of a replication, and requests at most. */
const CALLS = 80_000
const FAN_OUTS_MAX = 4_000

/** Systems of several services. */
export const layoutFamilies: readonly Family[] = [
  { prefix: 'split-vs-shared-', plan: splitOrShared },
  { prefix: 'fanout-max-', plan: fanOut },
  { prefix: 'little-law', plan: littlesLaw },
]

/** One queue for all workers, or one each and no choice between them. */
function splitOrShared(params: Params, keys: readonly string[]): Experiment {
  const [workers, lambda, mu] = [params.number('n', { min: 2, max: 20, isWhole: true }), params.number('lambda_total', POSITIVE), params.number('mu', POSITIVE)]
  if (lambda >= workers * mu) throw params.problem('lambda_total', `is not below ${workers * mu}, what all workers can do`)
  const unitMs = msPerUnit(1 / mu)
  const common = { arrivals: 'poisson', service: { type: 'exponential', meanMs: unitMs / mu }, meanServiceMs: unitMs / mu, scv: 1 } as const
  const shared: Station = { ...common, lambda: lambda / unitMs, workers }
  const single: Station = { ...common, lambda: lambda / workers / unitMs, workers: 1 }
  // What is split at random stays Poisson, so each of the single queues is like the others: one is enough.
  const [runShared, runSingle] = [stationRunner(shared), stationRunner(single)]
  const times = ({ station }: ReturnType<typeof runShared>): Float64Array => station.sojourns.sorted().map((us) => us / msToUs(unitMs))
  return {
    replicate: (seed) => {
      const [split, together] = [times(runSingle(seed)), times(runShared(seed))]
      const readings: Record<string, Reading> = {
        W_split: meanOf(split),
        W_shared: meanOf(together),
        ratio_W: mean(sumOf(split) / split.length, sumOf(together) / together.length),
      }
      for (const key of keys) {
        const q = quantileOf(key)
        if (q !== undefined) readings[key] = quantile(key.endsWith('_split') ? split : together, q)
      }
      return readings
    },
  }
}

/** A service that asks many at once and waits for all of them. */
function fanOut(params: Params, keys: readonly string[]): Experiment {
  const [count, meanTime] = [params.number('n', { min: 1, max: 900, isWhole: true }), params.number('mean', POSITIVE)]
  const unitMs = msPerUnit(meanTime)
  const names = Array.from({ length: count }, (_, index) => `leaf${index}`)
  const everyMs = meanTime * unitMs
  const durationMs = Math.min(FAN_OUTS_MAX, CALLS / count) * everyMs
  const untilMs = durationMs + 100 * everyMs
  const draw = (seed: number): Blueprint =>
    blueprint(
      [
        node('client', 'client', { load: 'constant', ratePerSecond: 1_000 / everyMs, deadlineMs: 0, sendUntilMs: durationMs }),
        node('root', 'service', { workers: 5_000, queueCapacity: 0, latency: { type: 'constant', ms: 0 }, errorPercent: 0, callOrder: 'parallel' }),
        ...names.map((name) => node(name, 'service', { workers: 5_000, queueCapacity: 0, latency: { type: 'exponential', meanMs: everyMs }, errorPercent: 0 })),
      ],
      [edge('client', 'root'), ...names.map((name) => edge('root', name))],
      { seed, durationMs: untilMs },
    )
  draw(1)
  return {
    replicate: (seed) => {
      const client = runThrough(draw(seed), () => new ClientMeter({ fromUs: -1, untilUs: msToUs(untilMs) }))
      const times = client.times.sorted().map((us) => us / msToUs(unitMs))
      const readings: Record<string, Reading> = { E_max: meanOf(times) }
      for (const key of keys) {
        const q = quantileOf(key)
        if (q !== undefined) readings[key] = quantile(times, q)
      }
      return readings
    },
  }
}

/** The number under way over time against the times spent, on a run that begins and ends empty, with retries on the way. */
function littlesLaw(): Experiment {
  const draw = (seed: number): Blueprint =>
    blueprint(
      [
        node('client', 'client', { load: 'poisson', ratePerSecond: 80, deadlineMs: 0, sendUntilMs: 20_000 }),
        node('again', 'retry', { maximumAttempts: 3 }),
        node('desk', 'service', { workers: 2, queueCapacity: 100_000, latency: { type: 'log-normal', p50Ms: 10, p99Ms: 100 }, errorPercent: 10 }),
      ],
      [edge('client', 'again'), edge('again', 'desk')],
      { seed, durationMs: 3_600_000 },
    )
  return {
    replicate: (seed) => {
      const { presentUs, spentUs, present } = runThrough(draw(seed), () => new UnderWay())
      return { rel_error_max: { type: 'largest', value: present === 0 ? Math.abs(presentUs - sumOf(spentUs.sorted())) / presentUs : Infinity } }
    },
  }
}

/** Requests under way over time, and the time each took. */
class UnderWay implements Reader {
  present = 0
  presentUs = 0
  readonly spentUs = new NumberColumn()
  #lastUs = 0

  read(timeUs: number, kind: number, at: number, _request: number, _call: number, _a: number, _b: number, c: number): void {
    const isBegun = kind === RecordKind.call && at === 0
    const isEnded = kind === RecordKind.result
    if (!isBegun && !isEnded) return
    this.presentUs += this.present * (timeUs - this.#lastUs)
    this.#lastUs = timeUs
    this.present += isBegun ? 1 : -1
    if (isEnded) this.spentUs.push(c)
  }
}
