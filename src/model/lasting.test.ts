import { expect, it } from 'vitest'
import { DURATION_MS_MAX, type Blueprint } from './blueprint.ts'
import { lasting } from './lasting.ts'

const drawing: Blueprint = { schemaVersion: 1, name: 'Short', nodes: [], edges: [], faults: [], interventions: [], seed: 1, durationMs: 20_000 }

it('lasts until the moment that was watched, in whole milliseconds, and is the same drawing when that is no longer', () => {
  expect(lasting(drawing, 162_660_001).durationMs).toBe(162_661)
  expect(lasting(drawing, 20_000_000)).toBe(drawing)
  expect(lasting(drawing, 0)).toBe(drawing)
  expect(lasting(drawing, 1e15).durationMs).toBe(DURATION_MS_MAX)
})
