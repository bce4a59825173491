import { expect, test } from 'vitest'
import { scenarios } from '../../scenarios/index.ts'
import { allDamaged, allKept, forget, forgetLast, keyOf, lastKept, markLast, readKept, writeKept, type Kept } from './keeping.ts'

/** A storage with room for so many characters. */
function storage(room = Infinity) {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    key: (index: number) => [...items.keys()][index] ?? null,
    getItem: (key: string) => items.get(key) ?? null,
    removeItem: (key: string) => void items.delete(key),
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError')
      items.set(key, value)
    },
  }
}

const [first, second] = scenarios
const kept: Kept = { id: 'a', scenario: first!.id, savedMs: 5, blueprint: first!.blueprint }

test('what is kept comes back whole, and the latest comes first', () => {
  const store = storage()
  expect(writeKept(store, kept)).toBe(true)
  expect(writeKept(store, { ...kept, id: 'b', savedMs: 9, scenario: undefined, blueprint: second!.blueprint })).toBe(true)
  expect(readKept(store, 'a')).toEqual(kept)
  expect(allKept(store).map(({ id }) => id)).toEqual(['b', 'a'])
})

test('a reload goes on with the last one, unless the address asks for something else', () => {
  const store = storage()
  writeKept(store, kept)
  expect(lastKept(store, '')?.id).toBe('a')
  expect(lastKept(store, `#scenario=${first!.id}`)?.id).toBe('a')
  expect(lastKept(store, `#scenario=${second!.id}`)).toBeUndefined()
  expect(lastKept(store, '#share=1.abc')).toBeUndefined()
  expect(lastKept(store, `#scenario=${first!.id}&try=0`)).toBeUndefined()
  forget(store, 'a')
  expect(lastKept(store, '')).toBeUndefined()
  expect(lastKept(undefined, '')).toBeUndefined()
})

test('what cannot be read is left where it is, and the rest can still be read', () => {
  const store = storage()
  writeKept(store, kept)
  for (const [id, text] of [['x', 'not json'], ['y', '{"blueprint":{"schemaVersion":9}}'], ['z', 'null']] as const) store.setItem(keyOf(id), text)
  expect(allKept(store).map(({ id }) => id)).toEqual(['a'])
  expect(store.getItem(keyOf('x'))).toBe('not json')
  expect(allDamaged(store).map(({ id, text }) => [id, text])).toEqual([['x', 'not json'], ['y', '{"blueprint":{"schemaVersion":9}}'], ['z', 'null']])
})

test('a full storage is told and keeps what it had', () => {
  const store = storage(100)
  expect(writeKept(store, kept)).toBe(false)
  expect(allKept(store)).toEqual([])
})

test('a tab goes on with its own, whatever another tab kept last; one that showed nobody’s own leaves the other’s alone', () => {
  const [store, mine, theirs, fresh] = [storage(), storage(), storage(), storage()]
  for (const [id, tab] of [['a', mine], ['b', theirs]] as const) {
    writeKept(store, { ...kept, id })
    markLast(store, id, tab)
  }
  expect(lastKept(store, '', mine)?.id).toBe('a')
  expect(lastKept(store, '', fresh)?.id).toBe('b')
  forgetLast(store, mine)
  expect(lastKept(store, '', mine)).toBeUndefined()
  expect(lastKept(store, '', fresh)?.id).toBe('b')
  forgetLast(store, theirs)
  expect(lastKept(store, '', fresh)).toBeUndefined()
})

test('what was thrown away comes back as it was', () => {
  const store = storage()
  writeKept(store, kept)
  const restore = forget(store, 'a')
  expect([readKept(store, 'a'), lastKept(store, '')]).toEqual([undefined, undefined])
  expect(restore()).toBe(true)
  expect(lastKept(store, '')).toEqual(kept)
})
