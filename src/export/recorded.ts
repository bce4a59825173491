/** What happened at a breaker, in order: a call arrives, or a call that was let through ends. */
export interface BreakerEvent {
  atMs: number
  what: 'call' | 'done' | 'failed'
  /** Numbers the call, from 1 up. */
  call: number
}

/** A service was asked on behalf of a saga. Times count from the saga's beginning. */
export interface SagaCall {
  what: 'call'
  atMs: number
  /** Index of the step; `undo`: of its compensation. */
  step: number
  undo: boolean
  /** It was asked whether the work was done, not to do it. */
  isStatus: boolean
  /** When the answer came, or the wait for it was over; missing when neither was. */
  endMs?: number
  /** `done`, `absent`, `unknown`, or why nothing happened: a word of the trace's reasons. */
  answer?: string
}

/** The orchestrator forgot the saga. */
export interface SagaCrash {
  what: 'crash'
  atMs: number
  /** The intent of the next attempt was written already, and nothing was sent yet. */
  isIntended: boolean
  /** When it was back; missing when it never was. */
  backMs?: number
}

/** One saga, from its start to its end or the end of the run. */
export interface SagaRun {
  /** Since the run began. */
  startedMs: number
  happenings: readonly (SagaCall | SagaCrash)[]
  /** Of each wait with jitter, in order: how much of the longest one it was, 0 to 1. */
  draws: readonly number[]
  /** Since the saga's beginning. */
  endMs: number
  /** Missing when the run was over first. */
  outcome?: 'completed' | 'compensated' | 'parked'
  /** Whether the times are the saga's alone; otherwise writing its log took time too. */
  isTimed: boolean
}

/** What an orchestrator's sagas did. */
export interface SagaRuns {
  runs: readonly SagaRun[]
  /** Sagas in which something happened that code on its own does not meet: cancelled by hand, say. */
  leftOut: number
}

/** What happened in a slice, in order. */
export interface SliceEvent {
  atMs: number
  /**
   * `appended`: a command wrote the event. `applied`, `parked`, `skipped`: what first became of it in the view. `failed`: its
   * handler failed. `gap`: the projector looked at the event and must not have it yet, since one before it is missing.
   * `gapSkipped`: the missing one is given up. `emptied`: the view is built anew.
   */
  what: 'appended' | 'applied' | 'parked' | 'skipped' | 'failed' | 'gap' | 'gapSkipped' | 'emptied'
  position: number
  /** Of what was appended: key from 1 up, version in its stream, what it adds, and conflicts that the command met before. */
  key: number
  version: number
  amount: number
  conflicts: number
}

/** What a slice did. */
export interface SliceRun {
  events: readonly SliceEvent[]
  /** Events that never came into the view, lost on the way or in a crash, say: the code is not shown them. */
  lost: readonly number[]
  /** Happenings that code on its own does not meet: an event that waited for one that was lost on the way, say. Default 0. */
  leftOut?: number
}

/** Of a run, what exported tests replay, by node id. */
export interface RecordedRun {
  breakers: Readonly<Record<string, readonly BreakerEvent[]>>
  sagas?: Readonly<Record<string, SagaRuns>>
  /** By the id of the first node of the slice in the drawing. */
  slices?: Readonly<Record<string, SliceRun>>
}
