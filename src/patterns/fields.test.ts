import { expect, test } from 'vitest'
import { fieldMetaAt } from './fields.ts'
import { sagaSchema } from './saga/config.ts'

const { steps } = sagaSchema.entries

test('what people read of a value is found however deep in a setting it lies', () => {
  expect(fieldMetaAt(sagaSchema.entries.register, [])?.label).toBe('Compensation counts')
  expect(fieldMetaAt(steps, [])?.label).toBe('Steps')
  expect(fieldMetaAt(steps, [2, 'onUnknown'])?.label).toBe('When unknown')
  expect(fieldMetaAt(steps, [0, 'compensation', 'retry', 'maximumAttempts'])?.label).toBe('Attempts')
  expect(fieldMetaAt(steps, [0, 'startToCloseMs'])?.label).toBe('Start to close')
})

test.each([[['onUnknown']], [[0, 'nothing']], [[0, 'constructor']], [[0, 'kind', 'deeper']], [[0, 0]]])('a way that leads nowhere, %j, finds nothing', (path) => {
  expect(fieldMetaAt(steps, path)).toBeUndefined()
})
