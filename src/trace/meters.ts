import { percentileOfSorted } from '../base/stats.ts'
import { US_PER_MS, US_PER_SECOND } from '../base/time.ts'
import type { NodeStats } from '../patterns/pattern.ts'
import { OUTCOME_NAMES, Outcome, RECORD_WORDS, recordElapsedUs, RecordKind, recordTimeUs } from '../sim/record.ts'

/** How far back rates and percentiles on a node look. */
export const METER_WINDOW_US = 2 * US_PER_SECOND
const KEPT_MIN = 8_192

interface Meter {
  timeUs: number[]
  outcome: number[]
  latencyMs: number[]
  totals: number[]
  /** How many to hold before looking for what is out of the window. */
  tidyAt: number
}

/**
 * What every node did in the last two seconds before the playhead, and in total. Services and policies are measured at the
 * answers they give, clients at the results they get.
 */
export class NodeMeters {
  readonly #meters: Meter[]

  constructor(nodes: number) {
    this.#meters = Array.from({ length: nodes }, () => ({ timeUs: [], outcome: [], latencyMs: [], totals: OUTCOME_NAMES.map(() => 0), tidyAt: KEPT_MIN }))
  }

  add(words: Int32Array): void {
    for (let at = 0; at < words.length; at += RECORD_WORDS) {
      const kind = words[at + 2]! & 0xff
      if (kind !== RecordKind.reply && kind !== RecordKind.result) continue
      const meter = this.#meters[words[at + 2]! >>> 8]!
      const outcome = words[at + 6]! & 0xff
      meter.totals[outcome] = (meter.totals[outcome] ?? 0) + 1
      meter.timeUs.push(recordTimeUs(words, at))
      meter.outcome.push(outcome)
      meter.latencyMs.push(recordElapsedUs(words, at) / US_PER_MS)
      if (meter.timeUs.length < meter.tidyAt) continue
      forgetBefore(meter, recordTimeUs(words, at) - METER_WINDOW_US)
      meter.tidyAt = Math.max(KEPT_MIN, 2 * meter.timeUs.length)
    }
  }

  stats(node: number, nowUs: number): NodeStats {
    const meter = this.#meters[node]!
    forgetBefore(meter, nowUs - METER_WINDOW_US)
    const count = meter.timeUs.length
    const spanUs = Math.min(METER_WINDOW_US, Math.max(nowUs, US_PER_SECOND / 2))
    const good = meter.outcome.flatMap((outcome, index) => (outcome <= Outcome.fallback ? [meter.latencyMs[index]!] : []))
    const sorted = good.toSorted((left, right) => left - right)
    const [ok = 0, fallback = 0, failed = 0, rejected = 0, timedOut = 0] = meter.totals
    return {
      callsPerSecond: (count * US_PER_SECOND) / spanUs,
      okPercent: count === 0 ? NaN : (100 * good.length) / count,
      latencyMsP50: percentileOfSorted(sorted, 50),
      latencyMsP95: percentileOfSorted(sorted, 95),
      totals: { ok, fallback, failed, rejected, timedOut },
    }
  }

  /** The totals only: the window fills again within two seconds of replay. */
  save(): number[][] {
    return this.#meters.map((meter) => meter.totals.slice())
  }

  restore(totals: readonly (readonly number[])[]): void {
    this.#meters.forEach((meter, node) => {
      forget(meter, meter.timeUs.length)
      meter.totals = [...totals[node]!]
    })
  }
}

function forgetBefore(meter: Meter, thisUs: number): void {
  const from = meter.timeUs.findIndex((timeUs) => timeUs > thisUs)
  forget(meter, from < 0 ? meter.timeUs.length : from)
}

function forget(meter: Meter, count: number): void {
  if (count === 0) return
  meter.timeUs.splice(0, count)
  meter.outcome.splice(0, count)
  meter.latencyMs.splice(0, count)
}
