import { expect, it } from 'vitest'
import { fileName } from './files.ts'

it.each([
  ['One slow dependency', 'one-slow-dependency.faultline.json'],
  ['  Ünïcode / ../etc ', 'unicode-etc.faultline.json'],
  ['🚀', 'blueprint.faultline.json'],
  ['', 'blueprint.faultline.json'],
])('makes a safe name of %j', (title, expected) => {
  expect(fileName(title)).toBe(expected)
})
