import type { EventFact, KeySide } from './facts.ts'

/** What an event log and the command handlers that append to it tell of a moment. */
export interface WriteFacts {
  /** Highest committed position. */
  head: number
  /** The events committed last, newest first; at most three. */
  recent: readonly EventFact[]
  /** The write side of the key that the log's projection shows; undefined while nothing is written. */
  pinned: { key: number; written: KeySide } | undefined
}
