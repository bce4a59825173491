import { expect, it } from 'vitest'
import type { Transition } from '../../trace/facts.ts'
import { TransitionFilter } from './transition-filter.ts'

function change(index: number, node: string): Transition {
  return { index, atUs: index, node, from: 'a', to: 'b', signal: '', evidence: 0, why: '', request: 0, call: 0 }
}

it('keeps its answer until a change of its own nodes comes', () => {
  const filter = new TransitionFilter(['breaker'])
  const first = [change(0, 'api'), change(1, 'breaker')]
  const kept = filter.pick(first)
  expect(kept.map(({ index }) => index)).toEqual([1])
  const second = [...first, change(2, 'api')]
  expect(filter.pick(second)).toBe(kept)
  const third = [...second, change(3, 'breaker')]
  expect(filter.pick(third).map(({ index }) => index)).toEqual([1, 3])
})

it('starts over with another run, also with a shorter one', () => {
  const filter = new TransitionFilter(['breaker'])
  filter.pick([change(0, 'breaker'), change(1, 'breaker')])
  expect(filter.pick([])).toEqual([])
  filter.pick([change(0, 'breaker')])
  expect(filter.pick([change(7, 'breaker'), change(8, 'breaker')]).map(({ index }) => index)).toEqual([7, 8])
})
