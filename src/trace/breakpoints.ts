import type { IsMoment } from '../patterns/pattern.ts'
import { RECORD_WORDS, RecordKind, recordTimeUs } from '../sim/record.ts'

/** Where a playing run is to stop: a node enters a state, or a moment comes that its kind knows. */
export interface Breakpoint {
  node: string
  what: { state: string } | { moment: string; amount: number }
  /** Kept, and passed over. */
  isOff: boolean
}

/** A run was stopped by a breakpoint. */
export interface Stop {
  /** {@link breakpointKey} of the breakpoint. */
  key: string
  node: string
  atUs: number
  /** Position of the record that did it among all of the run's. */
  index: number
  /** The request it happened to; 0: none. */
  request: number
}

/** A breakpoint as records are tested for it. */
export interface BreakpointTest {
  key: string
  node: string
  isHit: IsMoment
}

/** Tells breakpoints apart: one node has each only once. */
export function breakpointKey({ node, what }: Pick<Breakpoint, 'node' | 'what'>): string {
  return JSON.stringify([node, 'state' in what ? what.state : [what.moment, what.amount]])
}

/** The test for a change of state of the `node`th node into the `state`th state of its machine. */
export function entersState(node: number, state: number): IsMoment {
  return (words, at) => {
    const states = words[at + 5]!
    return words[at + 2] === (RecordKind.transition | (node << 8)) && states >>> 16 === state && (states & 0xffff) !== state
  }
}

/** Of records, the first of which has index `first` in the run: the first that hits each test, in order of time. */
export function findStops(tests: readonly BreakpointTest[], first: number, words: Int32Array): Stop[] {
  const stops = new Map<string, Stop>()
  for (let at = 0; at < words.length; at += RECORD_WORDS) {
    for (const { key, node, isHit } of tests) {
      if (stops.has(key) || !isHit(words, at)) continue
      stops.set(key, { key, node, atUs: recordTimeUs(words, at), index: first + at / RECORD_WORDS, request: words[at + 3]! })
    }
  }
  return [...stops.values()]
}
