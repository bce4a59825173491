/** What happened at a breaker, in order: a call arrives, or a call that was let through ends. */
export interface BreakerEvent {
  atMs: number
  what: 'call' | 'done' | 'failed'
  /** Numbers the call, from 1 up. */
  call: number
}

/** Of a run, what exported tests replay, by node id. */
export interface RecordedRun {
  breakers: Readonly<Record<string, readonly BreakerEvent[]>>
}
