import { expect, test } from 'vitest'
import type { NodeRuntime } from './contract.ts'
import { keyframeBytes, restoreMachines, saveMachines } from './keyframe.ts'

const runtime = (state: number, context: unknown): NodeRuntime => ({ instance: { state, context }, save: () => 'memory', restore: () => {} }) as unknown as NodeRuntime

test('a saved machine shares nothing with the one that runs on, nor with the one it is restored into', () => {
  const live = runtime(1, { count: 1, window: [1, 2], nested: { list: [{ a: 1 }] }, nothing: null })
  const saved = saveMachines([live])
  const context = live.instance.context as { count: number; window: number[]; nested: { list: { a: number }[] } }
  context.window.push(3)
  context.nested.list[0]!.a = 9
  expect(saved).toEqual([{ memory: 'memory', state: 1, context: { count: 1, window: [1, 2], nested: { list: [{ a: 1 }] }, nothing: null } }])
  const other = runtime(7, { count: 5, window: [], nested: { list: [] }, nothing: 1 })
  const held = other.instance.context as typeof context
  restoreMachines([other], saved)
  expect(other.instance.state).toBe(1)
  // Runtimes hold their context: it is filled, not replaced.
  expect(other.instance.context).toBe(held)
  held.window.push(4)
  held.nested.list[0]!.a = 8
  expect(saved[0]!.context).toEqual({ count: 1, window: [1, 2], nested: { list: [{ a: 1 }] }, nothing: null })
})

test('the size of a keyframe counts what its arrays and numbers hold', () => {
  expect(keyframeBytes(new Float64Array(4))).toBe(32)
  expect(keyframeBytes({ a: 1, b: new Int32Array(2), c: 'ab', d: undefined })).toBe(4 * 8 + 8 + 8 + 4 + 4)
})
