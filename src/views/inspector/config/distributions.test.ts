import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { distributionSchema } from '../../../patterns/fields.ts'
import type { Distribution } from '../../../sim/distribution.ts'
import { DISTRIBUTION_NUMBERS, DISTRIBUTION_OPTIONS, ofType, shapeOf, typicalMs } from './distributions.ts'

const start: Distribution = { type: 'log-normal', p50Ms: 40, p99Ms: 150 }

describe.each(DISTRIBUTION_OPTIONS.map((option) => option.value))('%s', (type) => {
  const distribution = ofType(type, start)

  it('is made from any other, valid and about as long', () => {
    for (const { value } of DISTRIBUTION_OPTIONS) {
      const again = ofType(type, ofType(value, start))
      expect(v.safeParse(distributionSchema, again).issues).toBeUndefined()
      expect(typicalMs(again)).toBeCloseTo(40, 3)
    }
  })

  it('has a shape with finite heights and one highest bin', () => {
    const { toMs, heights } = shapeOf(distribution, 60)
    expect(toMs).toBeGreaterThan(40)
    expect(heights).toHaveLength(60)
    expect(Math.max(...heights)).toBe(1)
    expect(heights.every((height) => height >= 0 && height <= 1)).toBe(true)
  })

  it('has a control for each of its numbers', () => {
    const names = Object.keys(distribution).filter((key) => key !== 'type' && key !== 'valuesMs')
    expect(DISTRIBUTION_NUMBERS[type].map((number) => number.key).toSorted()).toEqual(names.toSorted())
  })
})

it('draws degenerate shapes too', () => {
  for (const odd of [{ type: 'constant', ms: 0 }, { type: 'log-normal', p50Ms: 5, p99Ms: 5 }, { type: 'uniform', minMs: 3, maxMs: 3 }] as const) {
    expect(shapeOf(odd, 20).heights.every(Number.isFinite)).toBe(true)
  }
})
