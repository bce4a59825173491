import { describe, expect, test } from 'vitest'
import { checkConfig } from '../../model/parse.ts'
import { checkSaga, isValidSaga, sagaLints } from './check.ts'
import { sagaDefaults, type SagaConfig, type SagaStep } from './config.ts'
import { createSagaMachine } from './machine.ts'

const [reserve, charge, ship, complete] = sagaDefaults.steps as [SagaStep, SagaStep, SagaStep, SagaStep]
const withSteps = (...steps: SagaStep[]): SagaConfig => ({ ...sagaDefaults, steps })
const problemsOf = (config: object): string[] => checkConfig('saga', config as Record<string, unknown>, 'config').problems.map(({ path, message }) => `${path}: ${message}`)

describe('what is wrong is named, and keeps the saga from starting', () => {
  test('two pivots', () => {
    const config = withSteps(reserve, ship, { ...complete, kind: 'pivot' })
    expect(problemsOf(config)).toEqual(['config.steps[2].kind: "complete_order" is a second pivot after "ship_order"; a saga has one at most'])
    expect(isValidSaga(config)).toBe(false)
  })

  test('names used twice, by steps or compensations, whatever their case', () => {
    expect(problemsOf(withSteps(reserve, { ...charge, name: 'Reserve_Inventory' }, ship))[0]).toBe(
      'config.steps[1].name: "Reserve_Inventory" is used twice (as "reserve_inventory"); names of steps and compensations differ',
    )
    expect(isValidSaga(withSteps(reserve, { ...charge, name: 'release_inventory' }))).toBe(false)
  })

  test('no steps, or a thousand', () => {
    expect(problemsOf(withSteps())).toEqual(['config.steps: needs at least one step'])
    const many = Array.from({ length: 1_000 }, (_, index) => ({ ...ship, kind: 'query', name: `s${index}` }))
    expect(problemsOf({ steps: many })).toEqual(['config.steps: 1000 steps are more than 31'])
  })

  test('limits of zero or less: a limit is left out when there is none', () => {
    for (const startToCloseMs of [0, -5]) expect(problemsOf({ steps: [{ ...ship, startToCloseMs }] })).toEqual([`config.steps[0].startToCloseMs: ${startToCloseMs} is below 1`])
    expect(problemsOf({ steps: [{ ...ship, scheduleToCloseMs: 0 }] })).toEqual(['config.steps[0].scheduleToCloseMs: 0 is below 1'])
    const { startToCloseMs: _, ...unlimited } = ship
    expect(problemsOf({ steps: [unlimited] })).toEqual([])
  })

  test('unknown errors and settings', () => {
    expect(problemsOf({ steps: [{ ...ship, retry: { ...ship.retry, nonRetryableErrors: ['sold out'] } }] })[0]).toContain('"sold out" is not one of error, crashed')
    expect(problemsOf({ steps: [{ ...ship, parallel: true }] })).toEqual(['config.steps[0].parallel: is not a setting that belongs here'])
  })

  test('even so it has a machine, so that everything can be drawn', () => {
    for (const steps of [[], [ship, ship], [{ ...ship, name: '__proto__' }, { ...ship, name: 'undo' }]]) expect(() => createSagaMachine(withSteps(...steps))).not.toThrow()
  })
})

describe('lints', () => {
  const cases: [string, SagaConfig, string][] = [
    ['steps', withSteps(reserve, ship, charge), 'stands after the pivot'],
    ['steps', withSteps(reserve, ship, { ...complete, retry: { ...complete.retry, maximumAttempts: 5 } }), 'gives up after 5 attempts'],
    ['steps', withSteps({ ...reserve, retry: { ...reserve.retry, maximumAttempts: 0, nonRetryableErrors: [] } }, ship), 'retried without end'],
    ['steps', withSteps(reserve, { ...ship, onUnknown: 'compensate' }), 'rolled back all the same'],
    ['steps', withSteps({ ...reserve, idempotencyKey: 'attempt' }, ship), 'a new key for every attempt'],
    ['deadlineMs', { ...sagaDefaults, deadlineMs: 3_000 }, '3000 ms are over before'],
    ['steps', withSteps({ name: 'reserve', kind: 'compensatable', retry: reserve.retry, onUnknown: 'park', idempotencyKey: 'none', effect: 'none' }, ship), 'has no compensation'],
  ]

  test('the defaults have none', () => {
    expect(checkSaga(sagaDefaults)).toEqual([])
  })

  test.each(cases)('on %s: one warning, and its fix leaves none', (field, config, message) => {
    const [lint, ...more] = sagaLints(config)
    expect(more).toEqual([])
    expect(lint).toMatchObject({ field })
    expect(lint!.message).toContain(message)
    expect(checkSaga(config).map(({ severity }) => severity)).toEqual(['warning'])
    expect(isValidSaga(config)).toBe(true)
    expect(checkSaga(lint!.fix.config)).toEqual([])
  })
})
