import { strFromU8, unzipSync } from 'fflate'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseBlueprint, parseBlueprintText } from '../../model/parse.ts'
import { scenarios } from '../../scenarios/index.ts'
import { HOSTILE } from '../testing/hostile.ts'
import { planExport, zipName, zipProject, type ExportPlan, type RecordedRun } from './index.ts'

const RUN: RecordedRun = { breakers: { breaker: [{ atMs: 1, what: 'call', call: 1 }, { atMs: 5.5, what: 'done', call: 1 }] } }

function planOf(id: string): ExportPlan {
  const scenario = scenarios.find((one) => one.id === id)
  const plan = scenario && planExport(scenario.blueprint, RUN, { target: 'zero-dep' })
  if (!plan) throw new Error(`${id} has code`)
  return plan
}

describe('zipProject', () => {
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllEnvs()
  })

  it('holds the files of the plan, in its order, and nothing else', () => {
    for (const id of ['breaker-saves-the-day', 'order-saga', 'orders-cqrs']) {
      const plan = planOf(id)
      const files = unzipSync(zipProject(plan))
      expect(Object.entries(files).map(([path, bytes]) => [path, strFromU8(bytes)])).toEqual([...plan])
    }
  })

  it('is the same to the last byte, at any time and in any time zone', () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
    vi.stubEnv('TZ', 'Pacific/Kiritimati')
    const early = zipProject(planOf('order-saga'))
    vi.setSystemTime(Date.UTC(2031, 6, 9, 12, 30))
    vi.stubEnv('TZ', 'America/Los_Angeles')
    expect(Buffer.from(zipProject(planOf('order-saga'))).equals(Buffer.from(early))).toBe(true)
  })

  it('brings the drawing back: the file in it opens as the same blueprint', () => {
    for (const { id, blueprint } of scenarios) {
      const plan = planExport(blueprint, RUN, { target: 'zero-dep' })
      if (!plan) continue
      const text = strFromU8(unzipSync(zipProject(plan))['.faultline.json'] ?? new Uint8Array())
      const opened = parseBlueprintText(text)
      expect(opened, id).toEqual(parseBlueprint(blueprint))
      expect(opened.blueprint, id).toEqual(blueprint)
    }
  })
})

describe('zipName', () => {
  it('is safe, whatever the drawing is called', () => {
    const [first] = scenarios
    for (const name of HOSTILE) expect(zipName({ ...first!.blueprint, name })).toMatch(/^[a-z0-9][a-z0-9-]*\.zip$/)
    expect(zipName({ ...first!.blueprint, name: 'Orders, 2nd try' })).toBe('orders-2nd-try.zip')
  })
})
