import { expect, test } from 'vitest'
import { patternKinds } from './index.ts'
import { patternPanels } from './panels.tsx'
import { patternViews } from './views.tsx'

test('every kind has a view, and every view a kind', () => {
  expect(Object.keys(patternViews).toSorted()).toEqual(patternKinds().toSorted())
  expect(Object.keys(patternPanels).toSorted()).toEqual(patternKinds().toSorted())
})
