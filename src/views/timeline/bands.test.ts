import { describe, expect, it } from 'vitest'
import type { Transition } from '../../trace/facts.ts'
import { beatTimeUs, stateBands } from './bands.ts'

function change(atUs: number, from: string, to: string, node = 'breaker'): Transition {
  return { index: atUs, atUs, node, from, to, signal: '', evidence: 0, why: `to ${to}`, request: 0, call: 0 }
}

const history = [
  change(4_000, 'CLOSED', 'OPEN'),
  change(5_000, 'up', 'down', 'other'),
  change(6_500, 'OPEN', 'HALF_OPEN'),
  change(7_000, 'HALF_OPEN', 'OPEN'),
]

describe('stateBands', () => {
  it('is one stretch for a node that never changed', () => {
    expect(stateBands([], 'breaker', 'CLOSED')).toEqual([{ state: 'CLOSED', fromUs: 0, toUs: undefined, why: '' }])
  })

  it('follows the changes of its own node; the last stretch is open', () => {
    const bands = stateBands(history, 'breaker', 'OPEN')
    expect(bands.map(({ state, fromUs, toUs }) => [state, fromUs, toUs])).toEqual([
      ['CLOSED', 0, 4_000],
      ['OPEN', 4_000, 6_500],
      ['HALF_OPEN', 6_500, 7_000],
      ['OPEN', 7_000, undefined],
    ])
    expect(bands[1]?.why).toBe('to OPEN')
  })

  it('leaves out states that lasted no time', () => {
    const bands = stateBands([change(4_000, 'A', 'B'), change(4_000, 'B', 'C')], 'breaker', 'C')
    expect(bands.map((band) => band.state)).toEqual(['A', 'C'])
  })
})

describe('beatTimeUs', () => {
  it('knows times at once and changes of state once they happened', () => {
    const opens = (nth: number) => beatTimeUs({ when: { node: 'breaker', state: 'OPEN', nth }, text: '', spotlight: [] }, history)
    expect(beatTimeUs({ when: { atMs: 3 }, text: '', spotlight: [] }, [])).toBe(3_000)
    expect(opens(1)).toBe(4_000)
    expect(opens(2)).toBe(7_000)
    expect(opens(3)).toBeUndefined()
  })
})
