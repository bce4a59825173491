import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BreakerRun } from '../../cli/conform/breaker-run.ts'
import { expectSameAsXState, type FireTimer } from '../../sim/testing/same-as-xstate.ts'
import { search } from '../../sim/testing/search.ts'
import { createBreakerMachine } from './machine.ts'
import { BREAKER_STATES, type BreakerSignal } from './signals.ts'
import { arbitraryConfig, arbitraryTrace, signalOf } from './testing/arbitraries.ts'
import { ReferenceBreaker, type Deed, type Sight } from './testing/reference-model.ts'

const FILE = 'src/patterns/circuit-breaker/property.test.ts'

test('any config does on any trace what the specification says', { timeout: 120_000 }, () => {
  const reached = new Set<string>()
  search(
    fc.property(arbitraryConfig(), arbitraryTrace(), (config, trace) => {
      const reference = new ReferenceBreaker(config)
      const run = new BreakerRun(config)
      for (const [index, deed] of trace.entries()) {
        const from = run.state
        const actual = look(run, deed)
        const expected = reference.do(deed)
        // Comparing texts first is ten times faster than expect().
        if (JSON.stringify(actual) !== JSON.stringify(expected)) expect(actual, `step ${index}: ${JSON.stringify(deed)}`).toEqual(expected)
        actual.lastPublished.forEach((event) => reached.add(event))
        reached.add(`${from} to ${actual.state}`)
      }
    }),
    { runs: 2_000, file: FILE, environment: process.env },
  )
  // A search that never gets somewhere proves nothing about it. Replaying one counterexample need not get everywhere.
  if (process.env['FAULTLINE_PATH'] === undefined) expect(EVERYTHING.filter((thing) => !reached.has(thing))).toEqual([])
})

test('compiled, any config does on any trace what transition() does', { timeout: 120_000 }, () => {
  search(
    fc.property(arbitraryConfig(), arbitraryTrace(), fc.array(fc.nat(9), { maxLength: 10 }), (config, trace, fired) => {
      const stimuli = trace.flatMap((deed, index): (BreakerSignal | FireTimer)[] => {
        const signal = signalOf(deed)
        return [...(fired.includes(index % 10) ? [{ fire: 0 }] : []), ...(signal ? [signal] : [])]
      })
      expectSameAsXState(createBreakerMachine(config), stimuli)
    }),
    { runs: 300, file: FILE, environment: process.env },
  )
})

const ILLEGAL = new Set(['CLOSED to HALF_OPEN', 'METRICS_ONLY to OPEN', 'METRICS_ONLY to HALF_OPEN'])
const EVERY_MOVE = BREAKER_STATES.flatMap((from) => BREAKER_STATES.map((to) => `${from} to ${to}`)).filter((move) => !ILLEGAL.has(move))
const EVERYTHING = [
  ...EVERY_MOVE,
  'SUCCESS',
  'ERROR',
  'IGNORED_ERROR',
  'NOT_PERMITTED',
  'RESET',
  'STATE_TRANSITION',
  'FAILURE_RATE_EXCEEDED',
  'SLOW_CALL_RATE_EXCEEDED',
]

function look(run: BreakerRun, deed: Deed): Sight {
  run.advanceTo(deed.atUs / 1_000)
  const before = run.published.length
  const signal = signalOf(deed)
  const answer = signal ? run.send(signal) : {}
  const { failureRate, slowCallRate, buffered, failed, slow, slowFailed, notPermitted } = run.metrics()
  return {
    state: run.state,
    permitted: answer.permitted,
    refusedForce: answer.error !== undefined,
    rates: [failureRate, slowCallRate],
    counts: [buffered, failed, slow, slowFailed, notPermitted],
    published: run.published.length,
    lastPublished: run.published.slice(before),
  }
}
