/** What became of an event at a projection, oldest state first. `parked` and `skipped` are missing in the view. */
export type EventOutcome = 'pending' | 'applied' | 'applied twice' | 'suppressed' | 'parked' | 'skipped' | 'passed over' | 'lost'

/** One side of a key. Version 0: nothing was written yet. */
export interface KeySide {
  value: number
  version: number
  /** Since it became what it is; NaN at version 0. */
  ageMs: number
}

/** An event as it is shown between the two sides. */
export interface EventFact {
  /** Place in the log, from 1 up. */
  position: number
  key: number
  /** Place in its key's stream, from 1 up. */
  version: number
  /** What it adds to the key's value. */
  amount: number
  committedUs: number
  outcome: EventOutcome
  /** When the outcome came about; NaN while pending. */
  outcomeUs: number
  /** The request that brought it about. */
  request: number
}

/** A key's two sides, and what lies between. Keys count from 1. */
export interface KeyFacts {
  key: number
  written: KeySide
  read: KeySide
  /** Events committed that the view does not have yet. */
  behind: number
  /** Those events, and of the pinned key also what the view never gets or got wrongly; oldest first, at most 50. */
  between: readonly EventFact[]
  /** Set when the view is wrong as far as it got: what its checkpoint promises. */
  expected: number | undefined
}

/** A change of one side of a key, for its history. */
export interface KeyStep {
  atUs: number
  side: 'written' | 'read'
  value: number
  version: number
}

/** A point of the curve P(visible within t). */
export interface VisibilityPoint {
  ms: number
  probability: number
}

/** A key whose view is not the fold of its events up to the checkpoint. */
export interface DriftFact {
  key: number
  view: number
  expected: number
  sinceUs: number
  /** "event 57 was applied twice" */
  cause: string
}

/**
 * What the observer of a projection tells of a moment; its read model and the query handlers that read it tell the same.
 * Definitions: Bailis et al., Probabilistically Bounded Staleness (VLDB 2012); Kaul et al., Age of Information (INFOCOM 2012);
 * Terry et al., Session Guarantees (1994).
 */
export interface ProjectionFacts {
  /** Ids of the nodes; undefined where the drawing has none. */
  log: string | undefined
  projector: string
  readModel: string | undefined
  /** Highest committed position, and the position the projection stored last. */
  head: number
  checkpoint: number
  /** Events committed and neither in the view nor set aside. */
  lagEvents: number
  /** Age of the oldest of them; 0 when there is none. */
  lagMs: number
  /** Time since the newest event that the view has was committed; NaN before the first. */
  ageOfInformationMs: number
  /** Its average over time since then; NaN before. */
  meanAgeOfInformationMs: number
  /** Keys whose view is not the fold of their events up to the checkpoint. */
  drift: number
  /** The first twenty of them. */
  drifted: readonly DriftFact[]
  /** P(visible within t), Kaplan-Meier: events not yet visible count for as long as they have been so. */
  visibility: readonly VisibilityPoint[]
  /** From commit to visible, over the same curve, ms; NaN where it does not reach. */
  propagationMs: { mean: number; p50: number; p95: number; p99: number }
  /** Reads by how many versions of their key they were behind; the last entry counts that many and more. */
  staleness: readonly number[]
  reads: number
  staleReads: number
  /** Over the last two seconds, percent; NaN when nobody read. */
  recentStalePercent: number
  readYourWriteViolations: number
  monotonicReadViolations: number
  /** From the last commit until the view had everything; NaN while it has not. */
  convergenceMs: number
  conflicts: number
  deadLetters: number
  skipped: number
  /** Positions missing below the head: rolled back, or not yet committed. */
  gaps: number
  duplicates: { applied: number; suppressed: number }
  /** Share of the last two seconds that the projector spent handling, percent. */
  utilisationPercent: number
  /** Reads that waited for their version: how many, how long on average, and how many gave up. */
  waits: { count: number; meanMs: number; timeouts: number }
  rebuilds: number
  pinned: KeyFacts | undefined
  /** Of the pinned key, both sides, oldest first; at most the last 200. */
  history: readonly KeyStep[]
  /** All keys with something between their two sides, and the pinned one; at most 50, the furthest behind first. */
  keys: readonly KeyFacts[]
  /** What was set aside, oldest first; at most 50. */
  parked: readonly EventFact[]
}
