import { expect, test } from 'vitest'
import { settingAt, namesOnTheWay, withSetting } from './settings.ts'

const steps = [{ name: 'reserve', retry: { maximumAttempts: 3 } }, { name: 'ship', retry: { maximumAttempts: 0 } }]
const way = [1, 'retry', 'maximumAttempts']

test('a value deep in a setting is found, replaced without touching anything else, and named', () => {
  expect(settingAt(steps, way)).toBe(0)
  const changed = withSetting(steps, way, 5) as typeof steps
  expect(settingAt(changed, way)).toBe(5)
  expect(steps[1]!.retry.maximumAttempts).toBe(0)
  expect(changed[0]).toBe(steps[0])
  expect(namesOnTheWay(steps, way)).toEqual(['ship'])
})

test('without a way it is the setting itself', () => {
  expect([settingAt(7, []), withSetting(7, [], 8)]).toEqual([7, 8])
})

test('a way that leads nowhere finds nothing and changes nothing', () => {
  expect(settingAt(steps, [9, 'name'])).toBeUndefined()
  expect(settingAt(steps, ['constructor'])).toBeUndefined()
  expect(withSetting(steps, [9, 'name'], 'x')).toEqual(steps)
  expect(withSetting(7, ['name'], 'x')).toBe(7)
})
