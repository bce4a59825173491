/** What the worker is at. `failed`: at an event or a write that did not succeed; `settling`: done with a batch that wrote nothing. */
export const Stage = { idle: 0, polling: 1, handling: 2, failed: 3, applying: 4, unapplied: 5, settling: 6, recalling: 7, clearing: 8 } as const

/** Where the worker is. */
export interface Work {
  /** The agent on whose behalf it handles and writes. A new one after every crash: answers to the old one are late. */
  worker: number
  stage: number
  /** Calls of the batch in the making, the index of the one being handled, and the bodies that go into the view. */
  batch: number[]
  at: number
  toApply: number[]
  /** While it stands still: what was left of what it was at. */
  remainingUs: number
  /** What handling the present event takes. */
  handlingUs: number
  /** Spent handling since the last checkpoint. */
  busyUs: number
  isCheckpointLost: boolean
  /** A rebuild has begun and the old view is still there. */
  mustClear: boolean
  /** Positions of events that fail whenever they are handled. */
  poisoned: readonly number[]
  parkedKeys: readonly number[]
}
