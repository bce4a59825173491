import type { Distribution } from './distribution.ts'

/** An input to a machine. */
export interface Signal {
  type: string
}

/** One directed connection. Percentages are 0 to 100. */
export interface EdgeInput {
  id: string
  from: number
  to: number
  /** Time a call or a reply travels. */
  latency: Distribution
  lossPercent: number
  duplicatePercent: number
  /** Share of calls that are held back by another draw of up to `reorderByMs`. */
  reorderPercent: number
  reorderByMs: number
  /** Request types that take this edge; undefined: all. */
  types: readonly number[] | undefined
}

/** A disturbance of one node over an interval. What `type` (an index into the kind's list) does is the kind's business. */
export interface FaultInput {
  what: 'fault'
  node: number
  type: number
  fromUs: number
  /** Infinity: for the rest of the run. */
  toUs: number
  /** How strong, in the fault type's own unit: a factor, a percentage. */
  strength: number
  /** Only calls of this type, index into the run's list; −1: all. */
  requestType: number
  /** Only the first so many calls it would strike; Infinity: all. */
  times: number
}

/** Whether two faults are the same one: a keyframe may be taken back by an engine with objects of its own. */
export function isSameFault(left: FaultInput, right: FaultInput): boolean {
  return (
    left.type === right.type && left.fromUs === right.fromUs && left.toUs === right.toUs &&
    left.requestType === right.requestType && left.strength === right.strength && left.times === right.times
  )
}

/** A signal sent by hand to a node's machine. */
export interface SignalInput {
  what: 'signal'
  node: number
  atUs: number
  signal: Signal
}
