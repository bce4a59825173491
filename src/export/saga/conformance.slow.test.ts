import { expect, it } from 'vitest'
import { createStream } from '../../base/prng.ts'
import { sagaDefaults, type SagaConfig, type SagaStep } from '../../patterns/saga/config.ts'
import { runSagaMachine } from '../testing/saga-machine.ts'
import { SagaWorld, type Answer, type Script } from '../testing/saga-runs.ts'

const NAMES = ['reserveInventory', 'releaseInventory', 'chargeCustomer', 'refundCustomer', 'shipOrder', 'completeOrder']

it.each(['zero-dep', 'xstate'] as const)('asks for the same work in the same order and ends as the machine it stands for (%s)', async (target) => {
  const stream = createStream(7, 'export/saga-conformance')
  const draw = <T>(...choices: T[]): T => choices[Math.floor(stream.nextUnit() * choices.length)]!
  const ends = new Map<string, number>()
  for (let round = 0; round < 100; round += 1) {
    const retry = (): SagaStep['retry'] => ({
      ...sagaDefaults.steps[0]!.retry,
      maximumAttempts: draw(0, 1, 2, 3),
      nonRetryableErrors: draw(['declined'], ['declined'], [], ['declined', 'timeout'], ['error']),
    })
    const config: SagaConfig = {
      ...sagaDefaults,
      register: draw('before-action', 'before-action', 'after-success'),
      onCompensationFailure: draw('retry', 'park', 'continue', 'stop'),
      steps: sagaDefaults.steps.map((step): SagaStep => ({
        ...step,
        kind: step.kind === 'pivot' ? draw('pivot', 'pivot', 'compensatable') : step.kind,
        onUnknown: draw('retry-same-key', 'retry-same-key', 'query', 'compensate', 'park'),
        retry: retry(),
        compensation: step.compensation && { ...step.compensation, retry: retry() },
      })),
    }
    const answers = (): Answer[] => [...Array.from({ length: draw(0, 0, 1, 2, 3) }, () => draw<Answer>('declined', 'error', 'lost', 'never')), 'ok']
    for (let play = 0; play < 3; play += 1) {
      const script: Script = Object.fromEntries(NAMES.map((name) => [name, answers()]))
      const expected = runSagaMachine(config, script)
      const world = await SagaWorld.of(config, script, target)
      const outcome = await world.run()
      const calls = world.calls.map((call) => call.split(' ')[1])
      expect({ calls, outcome }, `round ${round}: ${JSON.stringify({ config, script })}`).toEqual(expected)
      ends.set(outcome, (ends.get(outcome) ?? 0) + 1)
    }
  }
  for (const end of ['completed', 'compensated', 'parked']) expect(ends.get(end) ?? 0, end).toBeGreaterThan(20)
}, 120_000)
