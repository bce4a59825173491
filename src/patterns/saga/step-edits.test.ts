import { describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { isValidSaga } from './check.ts'
import { sagaDefaults, sagaSchema } from './config.ts'
import { changedStep, movedStep, newCompensation, withoutStep, withStep } from './step-edits.ts'

const { steps } = sagaDefaults
const names = (list: readonly { name: string }[]): string => list.map(({ name }) => name.split('_')[0]).join(' ')

describe('the steps of a saga', () => {
  test('a new one comes last, is right as it is, and has a name of its own', () => {
    const longer = withStep(withStep(steps))
    expect(longer.slice(-2).map(({ name }) => name)).toEqual(['step', 'step_2'])
    expect(isValidSaga({ ...sagaDefaults, steps: longer })).toBe(true)
    expect(v.is(sagaSchema, { ...sagaDefaults, steps: longer })).toBe(true)
  })

  test('change places, and stay where they are at either end', () => {
    expect(names(movedStep(steps, 2, -1))).toBe('reserve ship charge complete')
    expect(names(movedStep(steps, 0, 1))).toBe('charge reserve ship complete')
    expect(movedStep(steps, 0, -1)).toBe(steps)
    expect(movedStep(steps, 3, 1)).toBe(steps)
  })

  test('can be taken out', () => {
    expect(names(withoutStep(steps, 1))).toBe('reserve ship complete')
  })

  test('a time limit that is off is not there', () => {
    const [first] = changedStep(steps, 0, { startToCloseMs: undefined })
    expect(Object.keys(first!)).not.toContain('startToCloseMs')
    expect(changedStep(steps, 0, { kind: 'pivot' }).map(({ kind }) => kind)).toEqual(['pivot', 'compensatable', 'pivot', 'retriable'])
  })

  test('a new compensation has a name nobody has', () => {
    const compensation = newCompensation(steps[2]!, steps)
    expect(compensation.name).toBe('undo_ship_order')
    const taken = changedStep(steps, 2, { compensation })
    expect(newCompensation(steps[2]!, taken).name).toBe('undo_ship_order_2')
  })
})
