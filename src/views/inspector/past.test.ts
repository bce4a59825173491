import { expect, it } from 'vitest'
import type { Transition } from '../../trace/facts.ts'
import { lastChange, pastTransitions } from './past.ts'

const change = (node: string, atUs: number): Transition => ({
  index: atUs, atUs, node, from: 'A', to: 'B', signal: 'S', evidence: 0, why: '', request: 0, call: 0,
})
const all = [change('a', 10), change('b', 20), change('a', 30), change('a', 40)]

it('lists a node’s past newest first, the present moment included', () => {
  expect(pastTransitions(all, 'a', 30, 10).map((one) => one.atUs)).toEqual([30, 10])
  expect(pastTransitions(all, 'a', 99, 2).map((one) => one.atUs)).toEqual([40, 30])
  expect(pastTransitions(all, 'c', 99, 2)).toEqual([])
})

it('finds the last change up to a moment', () => {
  expect([lastChange(all, 'a', 35), lastChange(all, 'b', 19), lastChange(all, 'b', 20)]).toEqual([2, -1, 1])
})
