import { expect, test } from 'vitest'
import { patternHelp } from './help.tsx'
import { patternKinds } from './index.ts'
import { patternViews } from './views.tsx'

test('every kind has a view and a help text, and every one of them a kind', () => {
  expect(Object.keys(patternViews).toSorted()).toEqual(patternKinds().toSorted())
  expect(Object.keys(patternHelp).toSorted()).toEqual(patternKinds().toSorted())
})
