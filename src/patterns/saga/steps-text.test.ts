import { expect, test } from 'vitest'
import { sagaDefaults } from './config.ts'
import { readSteps, writeSteps } from './steps-text.ts'

const ORDER = 'reserve_inventory / release_inventory, charge_customer / refund_customer, ship_order!, complete_order*'

test('the order saga of the article is written in a line and read back as it is', () => {
  expect(readSteps(ORDER)).toEqual(sagaDefaults.steps)
  expect(writeSteps(sagaDefaults.steps)).toBe(ORDER)
})

test('any names, with what undoes them and what they are', () => {
  const steps = readSteps('check stock?, book flight / cancel flight , pay!, send ticket*')
  expect(steps?.map(({ name, kind, compensation, effect }) => [name, kind, compensation?.name, effect])).toEqual([
    ['check stock', 'query', undefined, 'none'],
    ['book flight', 'compensatable', 'cancel flight', 'none'],
    ['pay', 'pivot', undefined, 'none'],
    ['send ticket', 'retriable', undefined, 'none'],
  ])
  expect(writeSteps(steps!)).toBe('check stock?, book flight / cancel flight, pay!, send ticket*')
})

test.each(['', 'a, , b', '/ b', 'a / b / c', 'a!!', '!'])('%j is no list of steps', (text) => {
  expect(readSteps(text)).toBeUndefined()
})

test('steps that say more than a line can are not written as one', () => {
  expect(writeSteps(sagaDefaults.steps.map((step) => ({ ...step, onUnknown: 'park' })))).toBeUndefined()
})
