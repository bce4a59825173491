import type { CallWindow } from './window.ts'

/** The breaker's states, named as resilience4j names them. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN' | 'DISABLED' | 'METRICS_ONLY' | 'FORCED_OPEN'

/** What resilience4j publishes, except STATE_TRANSITION: that is the change of state itself, which the engine records. */
export type BreakerEvent =
  | 'SUCCESS'
  | 'ERROR'
  | 'IGNORED_ERROR'
  | 'NOT_PERMITTED'
  | 'RESET'
  | 'FAILURE_RATE_EXCEEDED'
  | 'SLOW_CALL_RATE_EXCEEDED'

/** A call asks to pass. Answered by the effect `permit` or `refuse`, always the first of its step. */
export interface Acquire {
  type: 'ACQUIRE'
  nowUs: number
}

/** A call ended. Nothing ties it to its ACQUIRE: a late result counts in whatever state it finds. */
export interface Result {
  type: 'SUCCESS' | 'FAILURE'
  nowUs: number
  durationUs: number
}

/** A call ended in a way that says nothing about health, or was never made: its permit goes back. */
export interface GivenBack {
  type: 'IGNORED' | 'RELEASE'
  nowUs: number
}

/** Done by hand. What resilience4j has no transition for answers with the effect `refuseForce` and changes nothing. */
export type ByHand =
  | { type: 'FORCE'; nowUs: number; to: BreakerState }
  | { type: 'OPEN_FOR'; nowUs: number; waitUs: number }
  | { type: 'OPEN_UNTIL'; nowUs: number; untilUs: number }
  | { type: 'RESET'; nowUs: number }

/** Everything a breaker can be told. Times are whole microseconds since the run began; timers are XState's own. */
export type BreakerSignal = Acquire | Result | GivenBack | ByHand

/** Everything a breaker remembers; the rest is its state. */
export interface BreakerContext {
  /** Finished calls. OPEN keeps the window that opened it; CLOSED, METRICS_ONLY and HALF_OPEN start an empty one. */
  window: CallWindow
  /** Calls refused since that window was empty. */
  notPermitted: number
  /** Calls that may still pass in this half-open period. */
  permits: number
  /** Openings since the breaker was last closed: what a growing wait grows with. */
  attempts: number
  /** When the present state was entered. */
  sinceUs: number
  /** When it ends by itself at the earliest: the wait of OPEN, the longest stay in HALF_OPEN. `sinceUs` where nothing ends. */
  untilUs: number
  /** METRICS_ONLY tells of each threshold once. */
  failureRateTold: boolean
  slowCallRateTold: boolean
  /** Why the last change of state happened, packed; see `evidence.ts`. */
  evidence: number
}

/** The states in the order in which people meet them. */
export const BREAKER_STATES: readonly BreakerState[] = ['CLOSED', 'OPEN', 'HALF_OPEN', 'DISABLED', 'METRICS_ONLY', 'FORCED_OPEN']

/** What was asked for by hand, as it stands in a blueprint; undefined when it makes no sense to a breaker. */
export function readByHand(asked: Readonly<Record<string, unknown>>, nowUs: number): ByHand | undefined {
  const { type, to, waitUs, untilUs } = asked
  if (type === 'RESET') return { type, nowUs }
  if (type === 'OPEN_FOR' && isTime(waitUs)) return { type, nowUs, waitUs }
  if (type === 'OPEN_UNTIL' && isTime(untilUs)) return { type, nowUs, untilUs }
  const state = BREAKER_STATES.find((known) => known === to)
  return type === 'FORCE' && state ? { type, nowUs, to: state } : undefined
}

/** Ten years in microseconds: sums of times stay exact. */
const TIME_US_MAX = 315_360_000_000_000

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= TIME_US_MAX
}
