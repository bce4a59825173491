import type { Beat } from '../../model/blueprint.ts'
import type { Transition } from '../../trace/facts.ts'

/** A stretch of time in one state. Without an end it is still going on. */
export interface Band {
  state: string
  fromUs: number
  toUs: number | undefined
  /** Why it began; empty for the first. */
  why: string
}

/** A node's life as stretches. `now` is its state at present, needed when it has never changed. */
export function stateBands(transitions: readonly Transition[], node: string, now: string): Band[] {
  const own = transitions.filter((transition) => transition.node === node)
  const bands: Band[] = [{ state: own[0]?.from ?? now, fromUs: 0, toUs: own[0]?.atUs, why: '' }]
  own.forEach((transition, index) => {
    bands.push({ state: transition.to, fromUs: transition.atUs, toUs: own[index + 1]?.atUs, why: transition.why })
  })
  return bands.filter((band) => band.toUs === undefined || band.toUs > band.fromUs)
}

/** When a beat happens: its own time, or the moment of its change of state once that has been computed. */
export function beatTimeUs(beat: Beat, transitions: readonly Transition[]): number | undefined {
  const { when } = beat
  if ('atMs' in when) return when.atMs * 1_000
  const entries = transitions.filter((transition) => transition.node === when.node && transition.to === when.state)
  return entries[when.nth - 1]?.atUs
}
