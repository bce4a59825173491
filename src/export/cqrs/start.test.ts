import { describe, expect, it } from 'vitest'
import type { ProjectorConfig } from '../../patterns/cqrs/projector/config.ts'
import type { ExportTarget } from '../index.ts'
import { SliceWorld } from '../testing/slice-runs.ts'

const TARGETS: readonly ExportTarget[] = ['zero-dep', 'xstate']

describe.each(TARGETS)('a projector that was started (%s)', (target) => {
  const poisoned = async (shape: Partial<ProjectorConfig>): Promise<SliceWorld> => {
    const world = await SliceWorld.of({ projector: { onError: 'retry', retryBackoffMs: 50, ...shape } }, target)
    world.put('a', 1)
    Object.defineProperty(world.events[0]!.event, 'quantity', { get: () => { throw new Error('poison') } })
    return world
  }

  it('looks again after the store failed, though nothing more is written', async () => {
    for (const pollIntervalMs of [0, 100]) {
      const world = await SliceWorld.of({ projector: { pollIntervalMs } }, target)
      const stop = world.projector().start()
      await world.quiet()
      world.isDown = true
      world.put('a', 1)
      await world.wait(150)
      world.isDown = false
      expect(world.items).toEqual({})
      await world.wait(10_000)
      expect(world.items).toEqual({ a: 1 })
      expect(world.reports).toEqual(['RoundFailed', 'Applied 1'])
      stop()
      expect(world.clock.pending).toBe(0)
    }
  })

  it('passes over a gap though the store failed when the wait was over, and waits for none once it is stopped', async () => {
    const world = await SliceWorld.of({ log: { sequence: 'allocate-then-commit' }, projector: { gapHandling: 'wait-then-skip', gapTimeoutMs: 300 } }, target)
    const stop = world.projector().start()
    world.put('a', 4, 2)
    await world.wait(100)
    world.isDown = true
    await world.wait(300)
    expect(world.reports).toEqual(['RoundFailed'])
    world.isDown = false
    await world.wait(10_000)
    expect(world.items).toEqual({ a: 4 })
    world.put('a', 4, 4)
    await world.quiet()
    stop()
    expect(world.clock.pending).toBe(0)
  })

  it('looks once for all that was written while it looked', async () => {
    const world = await SliceWorld.of({ projector: { batchSize: 100 } }, target)
    world.projector().start()
    for (let event = 0; event < 100; event += 1) world.put('a', 1)
    await world.quiet()
    expect(world.items).toEqual({ a: 100 })
    expect(world.reads).toBeLessThanOrEqual(4)
  })

  it('tries nothing more once it is stopped', async () => {
    for (const shape of [{}, { pollIntervalMs: 100 }, { onError: 'stop', maximumRetries: 9 }] as const) {
      const world = await poisoned(shape)
      const stop = world.projector().start()
      await world.wait(60)
      expect(world.reports).toEqual(['EventFailed 1', 'EventFailed 1'])
      stop()
      await world.wait(1_000)
      expect(world.reports).toEqual(['EventFailed 1', 'EventFailed 1'])
      expect(world.clock.pending).toBe(0)
      world.projector().start()()
      await world.wait(2_000)
      expect(world.reports.length).toBe(3)
      expect(world.clock.pending).toBe(0)
    }
  })

  it('can be started again', async () => {
    const world = await poisoned({})
    const projector = world.projector()
    projector.start()()
    await world.wait(1_000)
    expect(world.reports).toEqual(['EventFailed 1'])
    const stop = projector.start()
    await world.wait(1_099)
    expect(world.reports.length).toBe(3)
    stop()
  })
})
