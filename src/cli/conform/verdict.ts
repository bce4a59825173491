/** The first difference between what a vector says and what happened. */
export interface Difference {
  /** Counted from 1; 0 when it concerns the vector as a whole. */
  step: number
  timeMs: number
  /** `state`, `metrics.failureRate` … */
  field: string
  expected: unknown
  actual: unknown
}

export type Verdict = { passed: true } | { passed: false; difference: Difference }

export const PASSED: Verdict = { passed: true }

/** A vector that cannot be replayed at all, with what would have been needed. */
export function unsupported(field: string, expected: unknown, actual: unknown): Verdict {
  return { passed: false, difference: { step: 0, timeMs: 0, field, expected, actual } }
}

/** `PASS r4j-01`, or `FAIL r4j-01 step 3 t=5000 state: expected OPEN, got CLOSED` */
export function verdictLine(id: string, verdict: Verdict): string {
  if (verdict.passed) return `PASS ${id}`
  const { step, timeMs, field, expected, actual } = verdict.difference
  return `FAIL ${id} step ${step} t=${timeMs} ${field}: expected ${valueText(expected)}, got ${valueText(actual)}`
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return value
  return typeof value === 'number' ? floatText(value) : JSON.stringify(value)
}

/** A rate is a 32-bit float; shown in full it would be 33.33333206176758 instead of 33.333332. */
function floatText(value: number): string {
  if (Math.fround(value) !== value) return String(value)
  for (let digits = 1; digits <= 9; digits += 1) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return String(short)
  }
  return String(value)
}
