import type { Params } from './params.ts'
import type { Experiment } from './readings.ts'

/** Oracles that speak of the same system with different numbers. */
export type Family = PlannedFamily | UnsupportedFamily

interface PlannedFamily {
  /** Of the ids that belong to it. */
  prefix: string
  /**
   * What to run: ordinary blueprints made of the oracle's numbers. `keys` says what is asked of them, never what is expected.
   * Reads every number it uses from `params`.
   */
  plan: (params: Params, keys: readonly string[]) => Experiment
}

interface UnsupportedFamily {
  prefix: string
  plan?: undefined
  /** What is missing. */
  reason: string
}

/** Families that have nothing to run. */
export function unsupportedFamilies(reason: string, ...prefixes: string[]): UnsupportedFamily[] {
  return prefixes.map((prefix) => ({ prefix, reason }))
}
