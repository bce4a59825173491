import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileMachine } from '../sim/machine/index.ts'
import { holds } from '../sim/testing/property.ts'
import { expectSameAsXState } from '../sim/testing/same-as-xstate.ts'
import { patterns } from './index.ts'
import { patternMachines } from './machines.ts'

/** Whatever a kind's machine may be started with. */
const INPUT = { workers: 2, queueCapacity: 2, maximumAttempts: 3, maximumRetries: 2, onError: 'park' }

/** A signal of the machine with everything that any kind's signals carry. */
function signals(types: readonly string[]) {
  return fc.record({
    type: fc.constantFrom(...types),
    attempt: fc.integer({ min: 1, max: 4 }),
    factor: fc.integer({ min: 1, max: 9 }),
    percent: fc.integer({ min: 0, max: 100 }),
    nowUs: fc.integer({ min: 0, max: 60_000_000 }),
    durationUs: fc.integer({ min: 0, max: 90_000_000 }),
    waitUs: fc.integer({ min: 0, max: 5_000_000 }),
    untilUs: fc.integer({ min: 60_000_000, max: 90_000_000 }),
    last: fc.boolean(),
    request: fc.integer({ min: 1, max: 99 }),
    of: fc.integer({ min: 0, max: 9 }),
    what: fc.integer({ min: 0, max: 7 }),
    position: fc.integer({ min: 1, max: 50 }),
    checkpoint: fc.integer({ min: 0, max: 50 }),
    count: fc.integer({ min: 1, max: 3 }),
    to: fc.constantFrom('CLOSED', 'OPEN', 'HALF_OPEN', 'DISABLED', 'METRICS_ONLY', 'FORCED_OPEN'),
  })
}

const machines = patterns.flatMap(({ kind, defaults }) => {
  const { machine, instanceMachine } = patternMachines[kind]!
  return [
    [kind, machine(defaults)] as const,
    ...(instanceMachine ? [[`one ${kind}`, instanceMachine(defaults)] as const] : []),
  ]
})

test.each(machines)('%s runs compiled as it does in XState', (_kind, machine) => {
  const types = compileMachine(machine).signals.filter((type) => !type.startsWith('xstate.'))
  expect(types.length).toBeGreaterThan(1)
  holds(
    fc.property(fc.array(signals(types), { maxLength: 40 }), (stimuli) => expectSameAsXState(machine, stimuli, { input: INPUT })),
    { runs: 60 },
  )
})
