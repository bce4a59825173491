import { expect, test } from 'vitest'
import { blueprint, edge, node } from '../sim/testing/blueprints.ts'
import { clipText, parseClip } from './clipboard.ts'
import { clipOf } from './parts.ts'

const shop = blueprint([node('a', 'service', { workers: 3 }), node('b', 'service'), node('c', 'service')], [edge('a', 'b'), edge('b', 'c')], {
  notes: [{ id: 'note', text: 'two\nlines', position: { x: 1, y: 2 } }],
})

test('a piece comes back from the clipboard as it was', () => {
  const clip = clipOf(shop, ['a', 'b', 'note'])
  expect(clip.edges.map(({ id }) => id)).toEqual(['a-b'])
  expect(parseClip(clipText(clip))).toEqual(clip)
})

test.each([
  ['prose', 'hello'],
  ['half a clip', clipText(clipOf(shop, ['a'])).slice(0, 60)],
  ['a clip of a newer build', clipText(clipOf(shop, ['a'])).replace('"faultline-clip":1', '"faultline-clip":9')],
  ['a clip with an unknown kind', clipText(clipOf(shop, ['a'])).replace('"service"', '"satellite"')],
  ['no object', '{"faultline-clip"'],
])('%s is no piece of a drawing', (_name, text) => {
  expect(parseClip(text)).toBeUndefined()
})
