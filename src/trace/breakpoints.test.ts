import { expect, test } from 'vitest'
import { Outcome, packEnding, Reason, RecordKind, TraceBuffer } from '../sim/record.ts'
import { breakpointKey, entersState, findStops } from './breakpoints.ts'

type Written = readonly [timeUs: number, kind: number, node: number, request: number, a: number]

function wordsOf(records: readonly Written[]): Int32Array {
  const trace = new TraceBuffer()
  for (const [timeUs, kind, node, request, a] of records) trace.write(timeUs, kind, node, request, 1, a, packEnding(Outcome.ok, Reason.none, 0), 0)
  return trace.read(0).words
}

const change = (timeUs: number, node: number, from: number, to: number): Written => [timeUs, RecordKind.transition, node, 7, from | (to << 16)]

test('a state is entered by the change into it, at its own node, from another state', () => {
  const words = wordsOf([change(1, 3, 2, 1), change(2, 4, 0, 2), change(3, 3, 2, 2), [4, RecordKind.note, 3, 7, 2 << 16], change(5, 3, 1, 2), change(6, 3, 1, 2)])
  expect(findStops([{ key: 'open', node: 'b', isHit: entersState(3, 2) }], 100, words)).toEqual([{ key: 'open', node: 'b', atUs: 5, index: 104, request: 7 }])
})

test('the first hit of each counts, in order of time', () => {
  const words = wordsOf([change(1, 0, 0, 1), change(2, 1, 0, 1), change(3, 0, 0, 1)])
  const tests = [1, 0].map((node) => ({ key: `k${node}`, node: `n${node}`, isHit: entersState(node, 1) }))
  expect(findStops(tests, 0, words).map(({ key, atUs }) => [key, atUs])).toEqual([['k0', 1], ['k1', 2]])
  expect(findStops([], 0, words)).toEqual([])
})

test('a key tells breakpoints apart, whatever names look like, and not whether they are on', () => {
  const keys = [
    { node: 'a', what: { state: 'b' } },
    { node: 'a', what: { moment: 'b', amount: 1 } },
    { node: 'a', what: { moment: 'b', amount: 2 } },
    { node: 'a","b', what: { state: '' } },
    { node: 'a', what: { state: '","b' } },
  ].map(breakpointKey)
  expect(new Set(keys).size).toBe(keys.length)
})
