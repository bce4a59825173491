import { US_PER_SECOND } from '../base/time.ts'

/**
 * Where a run ends that was to end at `endUs`: there, and once it has gone past that, in steps of a quarter, so that a live run
 * does not redraw everything at every frame. Never before a second, since nothing can be seen in less.
 */
export function runEndUs(endUs: number, headUs: number): number {
  let end = Math.max(US_PER_SECOND, endUs)
  while (end < headUs) end = Math.ceil((end * 1.25) / US_PER_SECOND) * US_PER_SECOND
  return end
}
