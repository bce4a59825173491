/** What a number may be. */
export interface NumberRules {
  min?: number | undefined
  max?: number | undefined
  /** Whole numbers only. */
  whole?: boolean | undefined
}

/** A number, or one line on why the text is none. */
export type ReadNumber = { value: number } | { error: string }

/** Reads what somebody typed. Spaces and a decimal comma are forgiven; a unit is not. */
export function readNumber(text: string, { min, max, whole }: NumberRules): ReadNumber {
  const plain = text.replaceAll(/[\s\u00a0\u202f_]/g, '').replace(',', '.')
  const value = plain === '' ? Number.NaN : Number(plain)
  if (!Number.isFinite(value)) return { error: plain === '' ? 'Type a number.' : 'This is not a number.' }
  if (whole && !Number.isSafeInteger(value)) return { error: 'Whole numbers only.' }
  if (min !== undefined && value < min) return { error: `At least ${min}.` }
  if (max !== undefined && value > max) return { error: `At most ${max}.` }
  return { value }
}

/** The next value by arrow key, inside the bounds and free of binary dust (0.1 + 0.2). */
export function stepped(value: number, by: number, { min = -Infinity, max = Infinity }: NumberRules): number {
  const next = Math.min(max, Math.max(min, value + by))
  return Number(next.toPrecision(12))
}
