/**
 * Fails fast when a fact the code relies on does not hold. A failure here is our bug, never the user's drawing:
 * bad input is answered with problems, not with assertions.
 */
export function assert(condition: boolean, fact: string): asserts condition {
  if (!condition) throw new Error(`Internal error: ${fact}. Please report it with a share link.`)
}

/** The value, or a failure that names what was missing. For look-ups that cannot miss. */
export function defined<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Error(`Internal error: ${what} is missing.`)
  return value
}
