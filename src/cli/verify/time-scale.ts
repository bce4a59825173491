import { DURATION_MS_MAX } from '../../model/blueprint.ts'

const SHORTEST_MS = 100

/**
 * Oracles count time in units of their own, runs in milliseconds. A unit becomes so many milliseconds, a power of ten, that
 * `typical`, a mean time of the oracle, is 100 ms or more: rounded to microseconds it loses nothing that could be measured.
 */
export function msPerUnit(typical: number): number {
  let ms = 1
  while (typical * ms < SHORTEST_MS) ms *= 10
  while (typical * ms >= 10 * SHORTEST_MS) ms /= 10
  return ms
}

/** When a run ends that should last `ms` after its warm-up: as long as a run may be, at most. Rare events are then fewer. */
export function endMs(warmUpMs: number, ms: number): number {
  return Math.min(DURATION_MS_MAX, warmUpMs + ms)
}
