import { describe, expect, it } from 'vitest'
import { fieldMeta } from '../../../patterns/fields.ts'
import { findPattern, patterns } from '../../../patterns/index.ts'
import { fieldsOf, hasSlider, remarksOn, type Config } from './config-edit.ts'

const breaker = findPattern('circuit-breaker')!
const client = findPattern('client')!
const service = findPattern('service')!
const defaultsOf = (pattern: typeof breaker) => pattern.defaults as Config

describe('fieldsOf', () => {
  it('puts two to four fields first, for every kind', () => {
    for (const pattern of patterns) {
      const { main } = fieldsOf(pattern, defaultsOf(pattern))
      expect(main.length, pattern.kind).toBeGreaterThanOrEqual(1)
      expect(main.length, pattern.kind).toBeLessThanOrEqual(4)
    }
  })

  it('shows a field only while it applies', () => {
    const names = (config: Config) => fieldsOf(client, config).others.map((field) => field.name)
    expect(names(defaultsOf(client))).not.toContain('burstEveryMs')
    expect(names({ ...defaultsOf(client), load: 'burst' })).toContain('burstEveryMs')
  })

  it('finds a control for every field', () => {
    for (const pattern of patterns) {
      const all = Object.keys(pattern.schema.entries)
      const raised = { waitMultiplier: 2, maxWaitDurationInHalfOpenStateMs: 1, reorderPercent: 1, replicas: 2 }
      const choices = Object.entries(pattern.schema.entries).flatMap(([name, field]) => (fieldMeta(field)?.options ?? []).map(({ value }) => ({ [name]: value })))
      const everything = new Set(
        [{}, ...choices].flatMap((choice) => {
          const { main, others } = fieldsOf(pattern, { ...defaultsOf(pattern), ...raised, ...choice })
          return [...main, ...others].map((field) => field.name)
        }),
      )
      expect([...everything].toSorted(), pattern.kind).toEqual(all.toSorted())
    }
  })
})

describe('remarksOn', () => {
  it('names what is wrong with a value', () => {
    expect(remarksOn('service', defaultsOf(service), 'workers', 0)).toEqual([{ text: '0 is below 1', severity: 'error', isLocal: false }])
    expect(remarksOn('service', defaultsOf(service), 'workers', 3)).toEqual([])
    const [remark] = remarksOn('service', defaultsOf(service), 'latency', { type: 'log-normal', p50Ms: 50, p99Ms: 20 })
    expect(remark).toEqual({ text: 'p99 of 20 ms is below p50 of 50 ms', severity: 'error', isLocal: false })
  })

  it('keeps warnings apart: they do not stop a change', () => {
    const config = { ...defaultsOf(breaker), slidingWindowSize: 5 }
    expect(remarksOn('circuit-breaker', config, 'minimumNumberOfCalls', 10)).toMatchObject([{ severity: 'warning' }])
    expect(remarksOn('circuit-breaker', config, 'slidingWindowSize', 5)).toEqual([])
  })
})

describe('hasSlider', () => {
  it('spares a slider where one could not hit a value', () => {
    expect(hasSlider({ label: '', help: '', control: 'number', min: 1, max: 1e6, scale: 'log' })).toBe(true)
    expect(hasSlider({ label: '', help: '', control: 'number', min: 0, max: 100 })).toBe(true)
    expect(hasSlider({ label: '', help: '', control: 'number', min: 0, max: 86_400_000 })).toBe(false)
  })
})
