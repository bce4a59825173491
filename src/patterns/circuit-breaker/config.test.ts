import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { fieldMeta } from '../fields.ts'
import { breakerDefaults, breakerSchema, checkBreaker, type BreakerConfig } from './config.ts'

describe('a config', () => {
  test('the defaults are one', () => {
    expect(v.parse(breakerSchema, breakerDefaults)).toEqual(breakerDefaults)
    expect(checkBreaker(breakerDefaults)).toEqual([])
  })

  test.each<[Partial<Record<keyof BreakerConfig, unknown>>, string]>([
    [{ minimumNumberOfCalls: 0 }, 'minimumNumberOfCalls: 0 is below 1'],
    [{ slidingWindowSize: 2.5 }, 'slidingWindowSize: 2.5 is not a whole number'],
    [{ slidingWindowSize: 1e9 }, 'slidingWindowSize: 1000000000 is above 10000'],
    [{ failureRateThreshold: 0 }, 'failureRateThreshold: 0 is below 0.1'],
    [{ failureRateThreshold: 101 }, 'failureRateThreshold: 101 is above 100'],
    [{ failureRateThreshold: Number.NaN }, 'failureRateThreshold: NaN is not a number'],
    [{ waitDurationInOpenStateMs: -1 }, 'waitDurationInOpenStateMs: -1 is below 1'],
    [{ slidingWindowType: 'LAST_WEEK' }, 'slidingWindowType: "LAST_WEEK" is not one of COUNT_BASED, TIME_BASED'],
    [{ automaticTransitionFromOpenToHalfOpen: 'yes' }, 'automaticTransitionFromOpenToHalfOpen: "yes" is not true or false'],
  ])('%j is told apart: %s', (change, message) => {
    const { issues = [] } = v.safeParse(breakerSchema, { ...breakerDefaults, ...change })
    expect(issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`)).toEqual([message])
  })

  test('knows no other fields', () => {
    expect(v.safeParse(breakerSchema, { ...breakerDefaults, slidingWindow: 10 }).success).toBe(false)
  })
})

describe('fields together', () => {
  test('a minimum above a count window is lowered, and said', () => {
    expect(checkBreaker({ ...breakerDefaults, minimumNumberOfCalls: 20 })).toEqual([
      { field: 'minimumNumberOfCalls', message: '20 is above slidingWindowSize 10; 10 is used', severity: 'warning' },
    ])
    expect(checkBreaker({ ...breakerDefaults, minimumNumberOfCalls: 20, slidingWindowType: 'TIME_BASED' })).toEqual([])
  })

  test('a longest wait below the first is said, where waits grow', () => {
    expect(checkBreaker({ ...breakerDefaults, waitMaxMs: 100, waitMultiplier: 2 })).toMatchObject([{ field: 'waitMaxMs' }])
    expect(checkBreaker({ ...breakerDefaults, waitMaxMs: 100 })).toEqual([])
  })
})

describe('fields in the inspector', () => {
  const metas = Object.entries(breakerSchema.entries).map(([name, schema]) => [name, fieldMeta(schema)!] as const)

  test.each(metas)('%s has a label, one line of help and, if a number, a unit', (_name, meta) => {
    expect(meta.label).not.toBe('')
    expect(meta.help).toMatch(/^[^\n]{10,150}[.]$/)
    if (meta.control === 'number') expect(meta.unit).toBeDefined()
  })

  test('three of them come first', () => {
    const main = metas.filter(([, meta]) => meta.main).map(([name]) => name)
    expect(main).toEqual(['slidingWindowSize', 'failureRateThreshold', 'waitDurationInOpenStateMs'])
  })
})
