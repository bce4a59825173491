import { NumberColumn, percentileOfSorted } from '../base/stats.ts'
import { US_PER_MS } from '../base/time.ts'
import { OUTCOME_NAMES, Outcome, RECORD_WORDS, recordElapsedUs, RecordKind } from '../sim/record.ts'

/** Requests as the clients count them; each is in exactly one class, so `offered` is the sum of the others. */
export interface RequestCounts {
  offered: number
  ok: number
  failed: number
  rejected: number
  fallback: number
  timedOut: number
  inFlight: number
}

/** Latency over ok and fallback answers, milliseconds; null when there were none. */
export interface LatencySummary {
  p50: number | null
  p95: number | null
  p99: number | null
}

/** Counts what clients got over a whole run, exactly. Feed it every record once. */
export class Summary {
  readonly #ended = OUTCOME_NAMES.map(() => 0)
  readonly #latencyMs = new NumberColumn()

  add(words: Int32Array): void {
    for (let at = 0; at < words.length; at += RECORD_WORDS) {
      if ((words[at + 2]! & 0xff) === RecordKind.result) this.#addResult(words[at + 6]! & 0xff, recordElapsedUs(words, at))
    }
  }

  /** @param offered requests made so far: `kernel.requestsMade`. */
  requests(offered: number): RequestCounts {
    const [ok = 0, fallback = 0, failed = 0, rejected = 0, timedOut = 0] = this.#ended
    const ended = ok + fallback + failed + rejected + timedOut
    return { offered, ok, failed, rejected, fallback, timedOut, inFlight: offered - ended }
  }

  latencyMs(): LatencySummary {
    const sorted = this.#latencyMs.sorted()
    const at = (p: number): number | null => (sorted.length === 0 ? null : percentileOfSorted(sorted, p))
    return { p50: at(50), p95: at(95), p99: at(99) }
  }

  #addResult(outcome: number, elapsedUs: number): void {
    this.#ended[outcome] = (this.#ended[outcome] ?? 0) + 1
    if (outcome === Outcome.ok || outcome === Outcome.fallback) this.#latencyMs.push(elapsedUs / US_PER_MS)
  }
}
