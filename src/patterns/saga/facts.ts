/** Where a step of a saga stands. */
export type StepState =
  | 'pending' | 'running' | 'succeeded' | 'failed' | 'unknown'
  | 'compensating' | 'compensated' | 'null_compensated' | 'compensation_failed' | 'skipped'

/** In the order in which counts and columns go. */
export const STEP_STATES: readonly StepState[] = [
  'pending', 'running', 'succeeded', 'failed', 'unknown', 'compensating', 'compensated', 'null_compensated', 'compensation_failed', 'skipped',
]

/** Where a saga stands. The last three are for good; `parked`: neither done nor wholly undone, people must look. */
export type SagaState = 'running' | 'compensating' | 'completed' | 'compensated' | 'parked'

/** How an attempt ended. `unknown`: nobody knows whether it happened; `absent`: asked for its status, it had not. */
export type AttemptOutcome = 'success' | 'failure' | 'rejected' | 'unknown' | 'absent'

/** One step's sagas, by the state they have in it. Sagas that are over do not count, parked ones do. */
export type StepCounts = Readonly<Record<StepState, number>>

/** What all sagas together did to stock and money, in items and in the config's currency. */
export interface Ledger {
  onHand: number
  reserved: number
  shipped: number
  charged: number
  refunded: number
  /** Money charged for what is neither shipped nor refunded now. */
  exposed: number
  /** That money times the time it was so, summed up: currency × seconds. */
  exposure: number
}

/** A stretch of one saga's time. */
export interface SagaSegment {
  /** Index of the step. */
  step: number
  /** It is the step's compensation. */
  undo: boolean
  /** From 1 up. */
  attempt: number
  /** `attempt`: an answer is awaited; `query`: its status is being asked for. Between segments the saga waits. */
  what: 'attempt' | 'query'
  fromUs: number
  /** Missing while it lasts. */
  toUs: number | undefined
  outcome: AttemptOutcome | undefined
  /** Why it was not simply a success: a word of `REASON_WORDS`, '' for none. */
  reason: string
}

/** What is written of one saga, a line each, oldest first. */
export interface SagaLogLine {
  atUs: number
  text: string
}

/** One saga, followed alone. */
export interface FollowedSaga {
  request: number
  state: SagaState
  /** State of its machine, as a dotted path: `charge_customer.running`. */
  machineState: string
  startedUs: number
  endedUs: number | undefined
  steps: readonly { name: string; state: StepState; attempts: number; compensation: string | undefined; registered: boolean }[]
  segments: readonly SagaSegment[]
  log: readonly SagaLogLine[]
}

/** What the orchestrator's observer tells of a moment. */
export interface SagaFacts {
  counts: { started: number; completed: number; compensated: number; parked: number; inFlight: number }
  steps: readonly { name: string; counts: StepCounts }[]
  ledger: Ledger
  /** Sagas in which something happened last, the latest first; at most a dozen. */
  recent: readonly { request: number; state: SagaState; step: string; sinceUs: number }[]
  /** The saga of the request that is followed; undefined when none is, or it has none here yet. */
  followed: FollowedSaga | undefined
  /** How often the orchestrator crashed so far. */
  crashes: number
}
