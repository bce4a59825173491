import { US_PER_SECOND } from '../../../base/time.ts'
import type { RecordWindow } from '../../../player/types.ts'
import { RECORD_WORDS, RecordKind, recordTimeUs } from '../../../sim/record.ts'

/** Calls per second on one line up to which each is drawn. A little above 30: random arrivals around 24 must not flip to and fro. */
export const DRAWN_PER_SECOND_MAX = 36
const BUCKET_US = 250_000
const BUCKETS_PER_SECOND = US_PER_SECOND / BUCKET_US

/** How many calls one particle stands for: 1 up to {@link DRAWN_PER_SECOND_MAX}, then the next power of two. */
export function shareFor(callsPerSecond: number): number {
  let share = 1
  // Powers of two: who is drawn at ×4 is also drawn at ×2, so a changing rate makes few particles vanish.
  while (callsPerSecond / share > DRAWN_PER_SECOND_MAX) share *= 2
  return share
}

/** Whether this call is the one of `share` that is drawn. The same call always gets the same answer. */
export function isDrawn(call: number, share: number): boolean {
  // Mixed first: call numbers on one line have a rhythm (every third, say) that a plain remainder would fall in step with.
  const mixed = Math.imul(call ^ (call >>> 15), 0x9e3779b1)
  return ((mixed >>> 8) & (share - 1)) === 0
}

/**
 * Calls per engine edge over the last two seconds, and what follows for drawing them. A particle's share is fixed by when it
 * left, so none appears or vanishes half-way.
 */
export class CallRates {
  readonly #perBucket = new Map<number, Map<number, number>>()
  readonly #edges = new Map<number, { latest: number }>()

  constructor({ words, count }: RecordWindow, playheadUs: number) {
    for (let at = 0; at < count * RECORD_WORDS; at += RECORD_WORDS) {
      if ((words[at + 2]! & 0xff) !== RecordKind.call) continue
      const atUs = recordTimeUs(words, at)
      if (atUs > playheadUs) break
      const edge = words[at + 5]!
      this.#count(edge, Math.floor(atUs / BUCKET_US))
      if (playheadUs - atUs < US_PER_SECOND) this.#edges.set(edge, { latest: (this.#edges.get(edge)?.latest ?? 0) + 1 })
    }
  }

  /** Calls on an edge during the last second. */
  perSecond(edge: number): number {
    return this.#edges.get(edge)?.latest ?? 0
  }

  /** How many calls a particle stands for that left at `atUs`: by the second before, in steps of a quarter. */
  shareAt(edge: number, atUs: number): number {
    const bucket = Math.floor(atUs / BUCKET_US)
    const buckets = this.#perBucket.get(edge)
    if (!buckets || bucket === 0) return 1
    const span = Math.min(bucket, BUCKETS_PER_SECOND)
    let calls = 0
    for (let back = 1; back <= span; back += 1) calls += buckets.get(bucket - back) ?? 0
    return shareFor((calls * BUCKETS_PER_SECOND) / span)
  }

  #count(edge: number, bucket: number): void {
    const buckets = this.#perBucket.get(edge) ?? new Map<number, number>()
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1)
    this.#perBucket.set(edge, buckets)
  }
}
