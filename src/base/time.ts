/** Simulated time is counted in whole microseconds; people read and write milliseconds. */
export const US_PER_MS = 1_000
export const US_PER_SECOND = 1_000_000

/** Milliseconds to whole microseconds, nearest. */
export function msToUs(ms: number): number {
  return Math.round(ms * US_PER_MS)
}

/** Microseconds to milliseconds; exact to the microsecond. */
export function usToMs(us: number): number {
  return us / US_PER_MS
}

/**
 * Reads a duration such as `60s`, `1500ms`, `2m` or `60` (seconds) as milliseconds.
 * Returns undefined when the text is not a finite, non-negative duration.
 */
export function parseDurationMs(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h)?\s*$/.exec(text)
  if (!match) return undefined
  const factor = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[match[2] ?? 's']
  return factor === undefined ? undefined : Number(match[1]) * factor
}
