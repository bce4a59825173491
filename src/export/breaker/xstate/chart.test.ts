import { expect, it } from 'vitest'
import type { AnyStateMachine } from 'xstate'
import { breakerDefaults } from '../../../patterns/circuit-breaker/config.ts'
import { createBreakerMachine } from '../../../patterns/circuit-breaker/machine.ts'
import { expectGolden } from '../../../sim/testing/golden.ts'
import { breakerSnippet, everyShape } from '../../testing/breaker-nodes.ts'
import { machineLines } from '../../testing/machine-lines.ts'
import { loadSnippet } from '../../testing/run-snippet.ts'

const load = async (shape: Partial<typeof breakerDefaults>): Promise<AnyStateMachine> =>
  (await loadSnippet<{ breakerMachine: AnyStateMachine }>(breakerSnippet(shape, {}, 'xstate'))).breakerMachine

it('is the machine that ran, without what is done by hand and what observers are told', async () => {
  const byHand = /^\.(DISABLED|METRICS_ONLY|FORCED_OPEN)\b|\| (FORCE|OPEN_FOR|OPEN_UNTIL|RESET|RELEASE) \|/
  // Fallbacks are no business of the machine's.
  for (const shape of everyShape().filter(({ fallbackOn }) => fallbackOn === 'none')) {
    const ran = machineLines(createBreakerMachine({ ...breakerDefaults, ...shape }), ['publish', 'countRefusal'])
    const expected = ran.filter((line) => !byHand.test(line) && !line.includes('bothRatesReached'))
    expect(machineLines(await load(shape))).toEqual(expected)
    expect(expected.length).toBeGreaterThan(15)
  }
})

it('starts closed wherever the simulation started', async () => {
  expect((await load({ initialState: 'FORCED_OPEN' })).config.initial).toBe('CLOSED')
})

it('reads as the golden file does', () => {
  const { code } = breakerSnippet({ slowCallRateThreshold: 80, slowCallDurationThresholdMs: 500 }, {}, 'xstate')
  expectGolden(new URL('../../golden/payment-breaker.xstate.ts.txt', import.meta.url), code)
})
