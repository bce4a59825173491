import { describe, expect, test } from 'vitest'
import { createStream } from '../../base/prng.ts'
import type { Family } from './family.ts'
import type { Oracle } from './oracles.ts'
import { POSITIVE } from './params.ts'
import { mean, share } from './readings.ts'
import { planOracle, runOracle } from './replicate.ts'

/** Coins that come up heads with probability p: what a family is, without a run. */
function coins(seen: number[] = []): Family[] {
  return [
    { prefix: 'coin-', reason: 'coins are not thrown yet' },
    {
      prefix: 'coin-fair-',
      plan: (params) => {
        const p = params.number('p', POSITIVE)
        return {
          replicate: (seed) => {
            seen.push(seed)
            const stream = createStream(seed, 'coin')
            const heads = Array.from({ length: 1_000 }, () => stream.nextChance(p)).filter(Boolean).length
            return { P_heads: share(heads, 1_000), heads: mean(heads, 1) }
          },
        }
      },
    },
  ]
}

function oracle(id: string, expected: Record<string, unknown>, params: Record<string, unknown> = { p: 0.3 }): Oracle {
  return { id, place: 'oracles[2]', params, expected: Object.entries(expected).map(([key, value]) => ({ key, value })) }
}

function words(of: Oracle, families = coins()): string[] {
  return runOracle(planOracle(of, families)).map(({ word, key, reason }) => [word, key, ...(reason === undefined ? [] : [reason])].join(' '))
}

test('the longest prefix decides, and each key gets its verdict', () => {
  expect(words(oracle('coin-fair-1', { P_heads: 0.3, heads: 300, tails: 700 }))).toEqual(['PASS P_heads', 'PASS heads', 'UNSUPPORTED tails a run does not tell this'])
  expect(words(oracle('coin-bent-1', { P_heads: 0.3 }))).toEqual(['UNSUPPORTED P_heads coins are not thrown yet'])
  expect(words(oracle('dice-1', { P_heads: 0.3 }))).toEqual(['UNSUPPORTED P_heads no family of oracles has such an id'])
})

test('a number that nobody understands is not passed over', () => {
  expect(words(oracle('coin-fair-1', { P_heads: 0.3 }, { p: 0.3, edge: 0.01 }))).toEqual(['UNSUPPORTED P_heads params.edge: not understood'])
})

describe('a figure too far away is looked at again, with all that was seen before', () => {
  test('what is wrong fails, and the more replications the clearer', () => {
    const seen: number[] = []
    const [verdict] = runOracle(planOracle(oracle('coin-fair-1', { P_heads: 0.31 }), coins(seen)))
    expect(verdict).toMatchObject({ word: 'FAIL' })
    expect(verdict!.z).toBeLessThan(-8)
    expect(seen).toHaveLength(200)
    expect(new Set(seen).size).toBe(200)
    expect(Math.min(...seen)).toBe(1)
  })

  test('what is right needs no second look', () => {
    const seen: number[] = []
    expect(words(oracle('coin-fair-1', { P_heads: 0.3 }), coins(seen))).toEqual(['PASS P_heads'])
    expect(seen).toHaveLength(40)
  })

  test('by chance hardly anything right fails', () => {
    const failures = Array.from({ length: 60 }, (_, index) => oracle('coin-fair-1', { P_heads: 0.2 + index / 200 }, { p: 0.2 + index / 200 })).filter((one) => words(one)[0] !== 'PASS P_heads')
    expect(failures).toEqual([])
  })
})

test('what is measured depends on the numbers alone, not on what the oracle is called or expects', () => {
  const [one] = runOracle(planOracle(oracle('coin-fair-1', { P_heads: 0.3 }), coins()))
  const [other] = runOracle(planOracle(oracle('coin-fair-2', { P_heads: 0.301 }), coins()))
  expect(other!.got).toBe(one!.got)
})
