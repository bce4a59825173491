import { describe, expect, it } from 'vitest'
import type { ProjectorConfig } from '../../patterns/cqrs/projector/config.ts'
import type { ExportTarget } from '../index.ts'
import { Crash, SliceWorld } from '../testing/slice-runs.ts'

const TARGETS: readonly ExportTarget[] = ['zero-dep', 'xstate']
const add = (orderId: string, quantity: number) => ({ type: 'AddItem' as const, orderId, quantity })

describe.each(TARGETS)('the written slice (%s)', (target) => {
  it('reads what commands wrote, once the projector has it', async () => {
    const world = await SliceWorld.of({}, target)
    const commands = world.commands()
    const queries = world.queries()
    const stop = world.projector().start()
    expect(await commands.handle(add('a', 2))).toEqual({ stream: 'a', version: 1 })
    expect(await queries.handle({ orderId: 'a' })).toBeUndefined()
    await world.quiet()
    expect(await commands.handle(add('a', 3))).toEqual({ stream: 'a', version: 2 })
    await world.quiet()
    expect(await queries.handle({ orderId: 'a' })).toEqual({ orderId: 'a', items: 5 })
    stop()
    await commands.handle(add('a', 1))
    await world.quiet()
    expect(world.items).toEqual({ a: 5 })
  })

  it('looks for events as often as it is set to, and stops when told to', async () => {
    const world = await SliceWorld.of({ projector: { pollIntervalMs: 100 } }, target)
    const stop = world.projector().start()
    await world.quiet()
    world.put('a', 1)
    await world.wait(99)
    expect(world.items).toEqual({})
    await world.wait(100)
    expect(world.items).toEqual({ a: 1 })
    stop()
    world.put('a', 1)
    await world.wait(1_000)
    expect(world.items).toEqual({ a: 1 })
  })

  it('is up to date when an inline command returns', async () => {
    const world = await SliceWorld.of({ projector: { lifecycle: 'inline' } }, target)
    await world.commands(world.projector()).handle(add('a', 2))
    expect(world.items).toEqual({ a: 2 })
  })

  it('folds its stream where nothing is stored, and takes the view from the command where it is set to', async () => {
    const world = await SliceWorld.of({ projector: { lifecycle: 'live' }, query: { strategy: 'return-from-command' } }, target)
    await world.commands().handle(add('a', 2))
    expect((await world.commands().handle(add('a', 3))).view).toEqual({ orderId: 'a', items: 5 })
    expect(await world.queries().handle({ orderId: 'a' })).toEqual({ orderId: 'a', items: 5 })
  })

  it('decides anew after a conflict, as often as it is set to', async () => {
    const world = await SliceWorld.of({ command: { maximumRetries: 1 } }, target)
    const both = Promise.all([world.commands().handle(add('a', 2)), world.commands().handle(add('a', 3))])
    await world.wait(10)
    expect((await both).map(({ version }) => version).toSorted((a, b) => a - b)).toEqual([1, 2])
    const none = await SliceWorld.of({ command: { maximumRetries: 0 } }, target)
    const [first, second] = await Promise.allSettled([none.commands().handle(add('a', 2)), none.commands().handle(add('a', 3))])
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected'])
    expect(none.events.length).toBe(1)
  })
})

describe.each(TARGETS)('a query that waits for its version (%s)', (target) => {
  const shape = { query: { strategy: 'wait-for-version', waitTimeoutMs: 500 } } as const

  it('hears of an event that is applied while it looks', async () => {
    const world = await SliceWorld.of(shape, target)
    const projector = world.projector()
    const receipt = await world.commands().handle(add('a', 2))
    // The answer of the first look is old by the time it arrives, and the change is told of in between.
    world.afterRead = async () => {
      world.afterRead = async () => {}
      await projector.catchUp()
    }
    const view = world.queries(projector).handle({ orderId: 'a', after: receipt })
    await world.quiet()
    expect(await view).toEqual({ orderId: 'a', items: 2 })
    expect(world.clock.nowMs()).toBe(0)
  })

  it('answers with what there is, or fails, when time is up', async () => {
    for (const onTimeout of ['stale', 'error'] as const) {
      const world = await SliceWorld.of({ query: { ...shape.query, onTimeout } }, target)
      const projector = world.projector()
      world.put('a', 1)
      await projector.catchUp()
      const receipt = await world.commands().handle(add('a', 2))
      let ended: unknown
      world.queries(projector).handle({ orderId: 'a', after: receipt }).then((view) => (ended = view), (error: Error) => (ended = error.name))
      await world.wait(499)
      expect(ended).toBeUndefined()
      await world.wait(500)
      expect(ended).toEqual(onTimeout === 'stale' ? { orderId: 'a', items: 1 } : 'ReadTimeout')
    }
  })

  it('waits through changes of other rows', async () => {
    const world = await SliceWorld.of(shape, target)
    const projector = world.projector()
    const receipt = { stream: 'a', version: 2 }
    let ended: unknown
    world.queries(projector).handle({ orderId: 'a', after: receipt }).then((view) => (ended = view), () => {})
    for (const stream of ['b', 'a', 'c']) {
      world.put(stream, 1)
      await projector.catchUp()
      await world.quiet()
      expect(ended).toBeUndefined()
    }
    world.put('a', 1)
    await projector.catchUp()
    await world.quiet()
    expect(ended).toEqual({ orderId: 'a', items: 2 })
  })
})

describe.each(TARGETS)('a restart of the projector (%s)', (target) => {
  const sound: Partial<ProjectorConfig>[] = [
    { checkpoint: 'atomic' }, { checkpoint: 'atomic', batchSize: 3 }, { checkpoint: 'after', idempotency: 'version-check' },
    { checkpoint: 'after', idempotency: 'processed-ids', batchSize: 2 }, { checkpoint: 'atomic', idempotency: 'processed-ids' },
  ]
  it('applies each event once, whichever write it dies before or after', async () => {
    for (const projector of sound) {
      const calm = await filled({ projector }, target)
      await calm.projector().catchUp()
      expect(calm.items).toEqual({ a: 9, b: 6 })
      for (let write = 1; write <= calm.writes; write += 1) {
        for (const side of ['dieBefore', 'dieAfter'] as const) {
          const world = await filled({ projector }, target)
          world[side] = write
          await expect(world.projector().catchUp()).rejects.toThrow(Crash)
          await world.projector().catchUp()
          expect(world.items, `${JSON.stringify(projector)} ${side} ${write}`).toEqual(calm.items)
        }
      }
    }
  })

  it('repeats or loses events where it is set so that it must', async () => {
    const repeats = await filled({ projector: { checkpoint: 'after' } }, target)
    repeats.dieAfter = 1
    await expect(repeats.projector().catchUp()).rejects.toThrow(Crash)
    await repeats.projector().catchUp()
    expect(repeats.items).toEqual({ a: 10, b: 6 })
    const loses = await filled({ projector: { checkpoint: 'before' } }, target)
    loses.dieAfter = 1
    await expect(loses.projector().catchUp()).rejects.toThrow(Crash)
    await loses.projector().catchUp()
    expect(loses.items).toEqual({ a: 8, b: 6 })
  })
})

describe.each(TARGETS)('an event that cannot be handled (%s)', (target) => {
  const poison = async (onError: ProjectorConfig['onError'], batchSize = 1): Promise<SliceWorld> => {
    const world = await SliceWorld.of({ projector: { onError, batchSize, maximumRetries: 1, retryBackoffMs: 50 } }, target)
    for (const [stream, quantity] of [['a', 1], ['b', 2], ['b', 3], ['a', 4]] as const) world.put(stream, quantity)
    Object.defineProperty(world.events[1]!.event, 'quantity', { get: () => { throw new Error('poison') } })
    world.projector().catchUp().catch((error: Error) => world.reports.push(error.name))
    await world.wait(200)
    return world
  }

  it('stops the view, keeping what was handled before it', async () => {
    for (const batchSize of [1, 4]) {
      const world = await poison('stop', batchSize)
      expect(world.items).toEqual({ a: 1 })
      expect(world.savedCheckpoint).toBe(1)
      expect(world.reports.filter((report) => report === 'EventFailed 2').length).toBe(2)
      expect(world.reports.at(-1)).toBe('ProjectionStopped')
    }
  })

  it('is skipped, or parked alone, or parked with what follows it in its stream', async () => {
    expect((await poison('skip')).items).toEqual({ a: 5, b: 3 })
    const parked = await poison('park', 4)
    expect([parked.items, parked.parked]).toEqual([{ a: 5, b: 3 }, [2]])
    const sequence = await poison('park-sequence', 4)
    expect([sequence.items, sequence.parked]).toEqual([{ a: 5 }, [2, 3]])
  })

  it('is tried again for ever where it is set so', async () => {
    const world = await poison('retry')
    expect(world.reports.filter((report) => report === 'EventFailed 2').length).toBe(5)
    expect(world.savedCheckpoint).toBe(1)
  })
})

describe.each(TARGETS)('a gap in the log (%s)', (target) => {
  it('is waited for, so that no late event is missed', async () => {
    const world = await SliceWorld.of({ log: { sequence: 'allocate-then-commit' }, projector: { batchSize: 10 } }, target)
    const stop = world.projector().start()
    world.put('a', 1, 1)
    world.put('a', 4, 3)
    await world.wait(60_000)
    expect(world.items).toEqual({ a: 1 })
    world.put('b', 2, 2)
    await world.quiet()
    expect(world.items).toEqual({ a: 5, b: 2 })
    stop()
  })

  it('is passed over after its timeout where it is set so', async () => {
    const world = await SliceWorld.of({ log: { sequence: 'allocate-then-commit' }, projector: { gapHandling: 'wait-then-skip', gapTimeoutMs: 300 } }, target)
    world.projector().start()
    world.put('a', 4, 2)
    await world.wait(299)
    expect(world.items).toEqual({})
    await world.wait(300)
    expect(world.items).toEqual({ a: 4 })
    expect(world.reports).toContain('GapSkipped 1')
  })

  it('is passed over though its timer runs a little early', async () => {
    const world = await SliceWorld.of({ log: { sequence: 'allocate-then-commit' }, projector: { gapHandling: 'wait-then-skip', gapTimeoutMs: 300 } }, target)
    world.clock.earlyMs = 0.4
    world.projector().start()
    world.put('a', 4, 2)
    await world.wait(299.9)
    expect(world.items).toEqual({})
    await world.wait(301)
    expect(world.items).toEqual({ a: 4 })
  })

  it('is waited for from the moment in which an event shows it, also behind others', async () => {
    const world = await SliceWorld.of({ log: { sequence: 'allocate-then-commit' }, projector: { gapHandling: 'wait-then-skip', gapTimeoutMs: 300, batchSize: 1 } }, target)
    world.projector().start()
    world.put('a', 1, 2)
    world.put('a', 2, 3)
    world.put('a', 4, 5)
    await world.wait(100)
    world.put('a', 8, 8)
    await world.wait(350)
    expect(world.items).toEqual({ a: 7 })
    expect(world.reports.filter((report) => report.startsWith('Gap'))).toEqual(['GapSkipped 1', 'GapSkipped 4'])
    await world.wait(400)
    expect(world.items).toEqual({ a: 15 })
  })
})

async function filled(shape: Parameters<typeof SliceWorld.of>[0], target: ExportTarget): Promise<SliceWorld> {
  const world = await SliceWorld.of(shape, target)
  for (const [stream, quantity] of [['a', 1], ['b', 2], ['a', 3], ['b', 4], ['a', 5]] as const) world.put(stream, quantity)
  return world
}
