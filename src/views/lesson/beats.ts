import { msToUs } from '../../base/time.ts'
import type { Beat, Lesson } from '../../model/blueprint.ts'
import type { Transition } from '../../trace/facts.ts'

/** How long a beat's nodes stay lit, in simulated time. */
export const SPOTLIGHT_US = 4_000_000

/** The beat of one instant. */
export interface BeatNow {
  /** Position in the lesson, from 0. */
  index: number
  beat: Beat
  /** When it fired. */
  atUs: number
  /** Nothing comes after it any more. */
  isLast: boolean
}

/**
 * The beat at `playheadUs`: of those that have fired, the one that fired last. Beats fire by time or by the nth entry of a node
 * into a state. Undefined before the first.
 */
export function beatAt(lesson: Lesson, transitions: readonly Transition[], playheadUs: number): BeatNow | undefined {
  let now: BeatNow | undefined
  beatTimes(lesson, transitions).forEach((atUs, index) => {
    const beat = lesson.beats[index]
    if (!beat || atUs === undefined || atUs > playheadUs || (now && atUs < now.atUs)) return
    now = { index, beat, atUs, isLast: index === lesson.beats.length - 1 }
  })
  return now
}

/** When each beat fires, in the lesson's order; undefined for one that has not fired in what is computed so far. */
export function beatTimes(lesson: Lesson, transitions: readonly Transition[]): (number | undefined)[] {
  return lesson.beats.map(({ when }) => {
    if ('atMs' in when) return msToUs(when.atMs)
    let left = when.nth
    return transitions.find(({ node, from, to }) => {
      if (node !== when.node || !isIn(to, when.state) || isIn(from, when.state)) return false
      left -= 1
      return left === 0
    })?.atUs
  })
}

/** What the beat lights up, while it is fresh. */
export function spotlightAt(now: BeatNow | undefined, playheadUs: number): readonly string[] {
  return now && playheadUs - now.atUs < SPOTLIGHT_US ? now.beat.spotlight : NOBODY
}

const NOBODY: readonly string[] = []

/** `up` also holds in `up.busy`. */
function isIn(state: string, wanted: string): boolean {
  return state === wanted || state.startsWith(`${wanted}.`)
}
