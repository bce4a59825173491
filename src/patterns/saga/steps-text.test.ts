import { expect, test } from 'vitest'
import { sagaDefaults } from './config.ts'
import { withDetail, writeDetailed } from './step-details.ts'
import { readSteps } from './steps-text.ts'

const ORDER = 'reserve_inventory / release_inventory, charge_customer / refund_customer, ship_order!, complete_order*'

test('the order saga of the article is written in a line and read back as it is', () => {
  expect(readSteps(ORDER)).toEqual(sagaDefaults.steps)
  expect(writeDetailed(sagaDefaults.steps)).toEqual({ text: ORDER, details: [] })
})

test('any names, with what undoes them and what they are', () => {
  const steps = readSteps('check stock?, book flight / cancel flight , pay!, send ticket*')
  expect(steps?.map(({ name, kind, compensation, effect }) => [name, kind, compensation?.name, effect])).toEqual([
    ['check stock', 'query', undefined, 'none'],
    ['book flight', 'compensatable', 'cancel flight', 'none'],
    ['pay', 'pivot', undefined, 'none'],
    ['send ticket', 'retriable', undefined, 'none'],
  ])
  expect(writeDetailed(steps!)).toEqual({ text: 'check stock?, book flight / cancel flight, pay!, send ticket*', details: [] })
})

test.each(['', 'a, , b', '/ b', 'a / b / c', 'a!!', '!'])('%j is no list of steps', (text) => {
  expect(readSteps(text)).toBeUndefined()
})

test('what a line leaves open stands beside it', () => {
  const steps = sagaDefaults.steps.map((step) => ({ ...step, onUnknown: 'park' as const }))
  const { text, details } = writeDetailed(steps)!
  expect(text).toBe(ORDER)
  expect(details).toEqual(steps.map(({ name }) => ({ of: name, key: 'onUnknown', value: 'park' })))
  expect(details.reduce<unknown>(withDetail, readSteps(text))).toEqual(steps)
})

test.each(['b', 'a/b', ' a', 'a, c', ''])('steps that share a name, or have one no line can say (%j), are not written as one', (name) => {
  const [first, second] = sagaDefaults.steps as [(typeof sagaDefaults.steps)[number], (typeof sagaDefaults.steps)[number]]
  expect(writeDetailed([{ ...first, name }, { ...second, name: 'b', onUnknown: 'park' }])).toBeUndefined()
})
