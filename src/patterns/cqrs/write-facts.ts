import type { EventFact, KeySide } from './facts.ts'

/** What an event log and the command handlers that append to it tell of a moment. */
export interface WriteFacts {
  /** Highest committed position. */
  head: number
  /** The events committed last, newest first; at most three. */
  recent: readonly Pick<EventFact, 'position' | 'key' | 'version' | 'amount' | 'committedUs' | 'request'>[]
  /** The write side of the key that a projection of this log shows; without one, of the key written last. */
  pinned: { key: number; written: KeySide } | undefined
}
