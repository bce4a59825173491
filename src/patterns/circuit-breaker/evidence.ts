import type { CallTotals } from './window.ts'

const FIELD_BITS = 10
const FIELD_MAX = 1_023
const EVIDENCE_MAX = 0x7fff_ffff

/** What {@link packTotals} kept. When there were too many calls to count, `failed` and `slow` are per 1,000 calls. */
export interface PackedTotals {
  calls: number
  failed: number
  slow: number
  /** `calls` says 1,023 and means that many or more. */
  isShare: boolean
}

/** Totals of a window in 30 bits, for the trace. Exact up to 1,022 calls, shares per mille from there on. */
export function packTotals({ calls, failed, slow }: CallTotals): number {
  if (calls < FIELD_MAX) return packFields(calls, failed, slow)
  return packFields(FIELD_MAX, Math.round((failed * 1_000) / calls), Math.round((slow * 1_000) / calls))
}

export function unpackTotals(evidence: number): PackedTotals {
  const calls = evidence & FIELD_MAX
  const failed = (evidence >>> FIELD_BITS) & FIELD_MAX
  const slow = (evidence >>> (2 * FIELD_BITS)) & FIELD_MAX
  return { calls, failed, slow, isShare: calls === FIELD_MAX }
}

/** A wait in milliseconds, up to 24 days. */
export function packWaitMs(waitMs: number): number {
  return Math.min(EVIDENCE_MAX, Math.max(0, Math.round(waitMs)))
}

function packFields(calls: number, failed: number, slow: number): number {
  return calls | (failed << FIELD_BITS) | (slow << (2 * FIELD_BITS))
}
