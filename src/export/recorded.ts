/** What happened at a breaker, in order: a call arrives, or a call that was let through ends. */
export interface BreakerEvent {
  atMs: number
  what: 'call' | 'done' | 'failed'
  /** Numbers the call, from 1 up. */
  call: number
}

/** Of a run, what exported tests replay: events by the breaker's node id. */
export type RecordedRun = Readonly<Record<string, readonly BreakerEvent[]>>
