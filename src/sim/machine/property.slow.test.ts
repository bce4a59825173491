import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryMachine, arbitraryStimuli, RANDOM_SIGNALS } from '../testing/machine-arbitrary.ts'
import { buildMachine } from '../testing/machine-spec.ts'
import { expectSameAsXState } from '../testing/same-as-xstate.ts'
import { search } from '../testing/search.ts'

const RUNS = 1_500

test('random machines do what transition() does', { timeout: 600_000 }, () => {
  search(
    fc.property(arbitraryMachine(), arbitraryStimuli(), (spec, stimuli) => {
      expectSameAsXState(buildMachine(spec), stimuli, { input: { a: 1 }, signals: RANDOM_SIGNALS })
    }),
    { runs: RUNS, file: 'src/sim/machine/property.test.ts', environment: process.env },
  )
})

test('a counterexample comes with the command that replays it', () => {
  const fails = fc.property(fc.nat(), n => {
    if (n > 10) throw new Error('too big')
  })
  const replay = /counterexample: \[11\]\nreplay: FAULTLINE_SEED=7 FAULTLINE_PATH=[\d:]+ npx vitest run some[.]test[.]ts$/
  expect(() => search(fails, { runs: 100, file: 'some.test.ts', environment: { FAULTLINE_SEED: '7' } })).toThrow(replay)
})
