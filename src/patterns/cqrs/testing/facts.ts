import type { EventFact, EventOutcome, KeyFacts, KeyStep, ProjectionFacts } from '../facts.ts'

export const NOW_US = 7_000_000

/** Key 1 written at every second from 1 s on, amount 1 each. */
export function eventFact(position: number, outcome: EventOutcome = 'pending', key = 1): EventFact {
  const isPending = outcome === 'pending'
  return { position, key, version: position, amount: 1, committedUs: position * 1e6, outcome, outcomeUs: isPending ? NaN : position * 1e6 + 80_000, request: position }
}

export function keyFacts(change: Partial<KeyFacts> = {}): KeyFacts {
  return {
    key: 1,
    written: { value: 7, version: 7, ageMs: 120 },
    read: { value: 4, version: 4, ageMs: 2_900 },
    behind: 3,
    between: [eventFact(5), eventFact(6), eventFact(7)],
    expected: undefined,
    ...change,
  }
}

export const inStep = keyFacts({ read: { value: 7, version: 7, ageMs: 40 }, behind: 0, between: [] })

/** Event 7 was applied twice. */
export const wrongKey = keyFacts({ read: { value: 8, version: 7, ageMs: 40 }, behind: 0, between: [], expected: 7 })

const history: KeyStep[] = [1, 2, 3, 4, 5, 6, 7].flatMap((version): KeyStep[] => {
  const written: KeyStep = { atUs: version * 1e6 - 200_000, side: 'written', value: version, version }
  return version > 4 ? [written] : [written, { ...written, side: 'read', atUs: version * 1e6 - 100_000 }]
})

/** The projector stands still: three events behind. */
export function projectionFacts(change: Partial<ProjectionFacts> = {}): ProjectionFacts {
  return {
    log: 'log',
    projector: 'projector',
    readModel: 'view',
    head: 35,
    checkpoint: 20,
    lagEvents: 15,
    lagMs: 2_980,
    ageOfInformationMs: 3_010,
    meanAgeOfInformationMs: 420,
    drift: 0,
    drifted: [],
    visibility: [{ ms: 0, probability: 0 }, { ms: 82, probability: 0.55 }, { ms: 200, probability: 0.57 }],
    propagationMs: { mean: 82, p50: 82, p95: NaN, p99: NaN },
    staleness: [100, 20, 12, 8],
    reads: 140,
    staleReads: 40,
    recentStalePercent: 62.5,
    readYourWriteViolations: 6,
    monotonicReadViolations: 0,
    convergenceMs: NaN,
    conflicts: 0,
    deadLetters: 0,
    skipped: 0,
    gaps: 0,
    duplicates: { applied: 0, suppressed: 0 },
    utilisationPercent: 0,
    waits: { count: 0, meanMs: NaN, timeouts: 0 },
    rebuilds: 0,
    pinned: keyFacts(),
    history,
    keys: [keyFacts(), keyFacts({ key: 2, behind: 2, between: [] }), keyFacts({ key: 3, behind: 1, between: [] })],
    parked: [],
    ...change,
  }
}

/** An event was applied twice: nothing is missing, and a row is wrong. */
export const driftedFacts = projectionFacts({
  checkpoint: 35,
  lagEvents: 0,
  lagMs: 0,
  drift: 1,
  drifted: [{ key: 1, view: 8, expected: 7, sinceUs: 6_900_000, cause: 'event 35 was applied twice' }],
  duplicates: { applied: 1, suppressed: 0 },
  pinned: wrongKey,
  keys: [wrongKey],
})
