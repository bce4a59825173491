import { describe, expect, test } from 'vitest'
import { usToMs } from '../../base/time.ts'
import { Outcome, Reason } from '../../sim/record.ts'
import { resultsOf, decode } from '../../sim/testing/blueprints.ts'
import { project, projection, type Projected, type Variation } from './testing/drawings.ts'

/** Own reads: one after every write but the last, whose reader comes when all have gone. */
const WRITES = 39

const results = ({ run }: Projected, type: string) => {
  const index = run.names.requestTypes.indexOf(type)
  return resultsOf(run.trace.flatMap((words) => decode(words))).filter((result) => result.type === index)
}
const ofOwn = (vary: Variation): Projected => project(projection(vary))
const ms = (value: number) => ({ type: 'constant', ms: value })

describe('reading what one just wrote', () => {
  test('by luck: 5 ms after a write that takes 20 ms to show, it is never there', () => {
    const { facts } = ofOwn({})
    expect(facts.readYourWriteViolations).toBe(WRITES)
  })

  test('waiting for the version: always there, and as much later as was missing', () => {
    const waited = ofOwn({ queries: { strategy: 'wait-for-version' } })
    expect(waited.facts.readYourWriteViolations).toBe(0)
    expect(waited.facts.waits).toEqual({ count: WRITES, meanMs: 15, timeouts: 0 })
    expect(results(waited, 'own').map(({ elapsedUs }) => usToMs(elapsedUs))).toEqual(Array.from({ length: WRITES }, () => 15))
  })

  test('waiting in vain: an old answer, or an error that says so', () => {
    const late = { strategy: 'wait-for-version', waitTimeoutMs: 10 }
    const stale = ofOwn({ queries: { ...late, onTimeout: 'stale' } })
    expect([stale.facts.waits.timeouts, stale.facts.readYourWriteViolations]).toEqual([WRITES, WRITES])
    const failed = ofOwn({ queries: { ...late, onTimeout: 'error' } })
    expect([failed.facts.waits.timeouts, failed.facts.readYourWriteViolations]).toEqual([WRITES, 0])
    expect(results(failed, 'own').every(({ outcome, reason }) => outcome === Outcome.failed && reason === Reason.stale)).toBe(true)
  })

  test('taken from the command: there at once', () => {
    const taken = ofOwn({ queries: { strategy: 'return-from-command' } })
    expect(taken.facts.readYourWriteViolations).toBe(0)
    expect(results(taken, 'own').every(({ elapsedUs }) => elapsedUs === 0)).toBe(true)
  })

  test('inline: nothing is ever old, and every write pays for it', () => {
    const inline = ofOwn({ projector: { lifecycle: 'inline' } })
    expect([inline.facts.readYourWriteViolations, inline.facts.staleReads]).toEqual([0, 0])
    expect(results(inline, 'write').every(({ elapsedUs }) => usToMs(elapsedUs) === 20)).toBe(true)
  })

  test('live: nothing is ever old, and every read pays for all events of its key', () => {
    const live = ofOwn({ projector: { lifecycle: 'live', handlerLatency: ms(1) }, commands: { aggregates: 1, latency: ms(0) }, queries: { aggregates: 1 } })
    expect(live.facts.staleReads).toBe(0)
    expect(results(live, 'own').map(({ elapsedUs }) => usToMs(elapsedUs))).toEqual(Array.from({ length: WRITES }, (_, index) => index + 1))
  })
})

describe('copies', () => {
  const copies = { replicas: 3, replicaLag: { type: 'uniform', minMs: 0, maxMs: 300 } }
  const sessions = { client: { sessions: 3 }, commands: { aggregates: 1, latency: ms(0) }, queries: { aggregates: 1 } }

  test('any of them: reads go backwards; the same one for each session: never', () => {
    expect(ofOwn({ ...sessions, view: { ...copies, routing: 'random' } }).facts.monotonicReadViolations).toBeGreaterThan(0)
    expect(ofOwn({ ...sessions, view: { ...copies, routing: 'sticky' } }).facts.monotonicReadViolations).toBe(0)
    expect(ofOwn({ ...sessions, view: copies, queries: { aggregates: 1, strategy: 'sticky' } }).facts.monotonicReadViolations).toBe(0)
  })

  test('whoever waits at a copy is woken when the change gets there, however late', () => {
    const woken = ofOwn({ ...sessions, view: copies, queries: { aggregates: 1, strategy: 'wait-for-version', waitTimeoutMs: 60_000 }, durationMs: 5_000 })
    expect(woken.run.requests.inFlight).toBe(0)
    expect(woken.facts.waits.timeouts).toBe(0)
    expect(woken.facts.waits.count).toBeGreaterThan(20)
  })
})

describe('who writes the same aggregate', () => {
  const crowd = (concurrency: string): Projected =>
    ofOwn({
      client: { load: 'constant', ratePerSecond: 100, sendUntilMs: 1_000, requestTypes: [{ name: 'write', share: 1 }] },
      commands: { aggregates: 1, latency: ms(15), concurrency, maximumRetries: 1, retryBackoff: ms(7) },
    })

  test('expected version: they meet conflicts, and some fail', () => {
    const { run, facts } = crowd('expected-version')
    expect(facts.conflicts).toBeGreaterThan(10)
    expect(run.requests.failed).toBeGreaterThan(0)
    expect(facts.head).toBe(run.requests.ok)
  })

  test('last write wins: nobody fails, and what others did is gone', () => {
    const { run, facts } = crowd('last-write-wins')
    const kept = crowd('append-any')
    expect([run.requests.failed, kept.run.requests.failed, facts.conflicts]).toEqual([0, 0, 0])
    expect(facts.pinned!.written.value).toBeLessThan(kept.facts.pinned!.written.value)
    expect(facts.drift).toBe(0)
  })
})
