import { US_PER_MS } from '../base/time.ts'
import { DURATION_MS_MAX, type Blueprint } from './blueprint.ts'

/** The drawing with a run that lasts at least until `endUs`: what was watched beyond its end belongs to it as well. */
export function lasting(blueprint: Blueprint, endUs: number): Blueprint {
  const durationMs = Math.min(DURATION_MS_MAX, Math.max(blueprint.durationMs, Math.ceil(endUs / US_PER_MS)))
  return durationMs === blueprint.durationMs ? blueprint : { ...blueprint, durationMs }
}
