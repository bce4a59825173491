import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { holds } from './property.ts'

const fails = fc.property(fc.nat(), (value) => {
  if (value > 10) throw new Error('too big')
})

test('a counterexample (here: 11) comes with its seed and the command that replays it', () => {
  const replay =
    /too big\ncounterexample: \[11\]\nreplay: FAULTLINE_SEED=7 npx vitest run src\/sim\/testing\/property[.]test[.]ts -t "a counterexample .here: 11. comes .*"$/
  expect(() => holds(fails, { runs: 100, environment: { FAULTLINE_SEED: '7' } })).toThrow(replay)
})

test('an ordinary run takes the same seeds every time', () => {
  const drawn = (): number[] => {
    const values: number[] = []
    holds(fc.property(fc.nat(), (value) => void values.push(value)), { runs: 10, environment: {} })
    return values
  }
  expect(drawn()).toEqual(drawn())
  expect(drawn()).toHaveLength(10)
})

test('FAULTLINE_RUNS multiplies', () => {
  let runs = 0
  holds(fc.property(fc.nat(), () => void (runs += 1)), { runs: 10, environment: { FAULTLINE_RUNS: '3' } })
  expect(runs).toBe(30)
})
