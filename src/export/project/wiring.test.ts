import { expect, it } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import { loadCode, type Module } from '../../proof/load.ts'
import { sagaBlueprint } from '../testing/saga-nodes.ts'
import { sliceBlueprint } from '../testing/slice-nodes.ts'
import { planExport } from './index.ts'

/** The wiring of a drawing with one part, and that part. */
function load(blueprint: Blueprint, stem: string): { wiring: Module; part: Module } {
  const files = planExport(blueprint, { breakers: {} }, { target: 'zero-dep' })!
  const turn = (): Promise<void> => Promise.resolve()
  const part = loadCode(files.get(`src/${stem}.ts`)!, new Map(), turn)
  return { wiring: loadCode(files.get('src/wiring.ts')!, new Map([[`./${stem}.ts`, part]]), turn), part }
}

const services = new Proxy({}, { get: (_target, name) => async (order: { id: string }) => {
  if (order.id === 'old' && name === 'completeOrder') await new Promise(() => {})
} })

/** A log with a saga that a crash cut short, and with one that nobody can read any more. */
function oldLog() {
  const entries = new Map<string, unknown[]>([['old', [{ type: 'SagaStarted', order: { id: 'old' } }]], ['bad', [{ type: 'AttemptIntended' }]]])
  return {
    append: async (id: string, _position: number, entry: unknown) => void entries.set(id, [...(entries.get(id) ?? []), entry]),
    read: async (id: string) => entries.get(id) ?? [],
    unfinished: async () => [...entries.keys()],
  }
}

type Entry = { type: string }
interface Saga { execute: (id: string, order: { id: string }) => Promise<string> }
interface SagaWiring {
  createOrderSaga: (services: unknown, log: unknown, options: { onEntry: (id: string, entry: Entry) => void }) => { saga: Saga; recovered: Promise<void> }
}

it('gives a saga back at once, whatever becomes of those that a crash cut short, and says what becomes of them', async () => {
  const { createOrderSaga } = load(sagaBlueprint({}), 'order-saga').wiring as unknown as SagaWiring
  const entries: string[] = []
  const { saga, recovered } = createOrderSaga(services, oldLog(), { onEntry: (id, { type }) => entries.push(`${id} ${type}`) })
  await expect(recovered).rejects.toThrow('The log does not begin with the start')
  expect(await saga.execute('new', { id: 'new' })).toBe('completed')
  expect(entries).toContain('new SagaCompleted')
  expect(entries).toContain('old AttemptIntended')
})

interface SliceWiring {
  createCqrs: (ports: { store: unknown; readModel: unknown }, options: { clock: unknown; onReport: (report: Entry) => void }) => {
    projector: { catchUp: () => Promise<void> }
    commands: { handle: (command: unknown) => Promise<unknown> }
    stop: () => void
  }
}

it('hands the projector back, and a clock and reports on to the parts of a slice', async () => {
  const { wiring, part } = load(sliceBlueprint({ command: { maximumRetries: 1 } }), 'cqrs')
  const { createCqrs } = wiring as unknown as SliceWiring
  const { VersionConflict } = part as { VersionConflict: new () => Error }
  const reports: string[] = []
  const delays: number[] = []
  const store = {
    readStream: async () => [],
    append: async () => { throw new VersionConflict() },
    readAll: async () => { throw new Error('The store is down') },
    subscribe: () => () => {},
  }
  const clock = {
    nowMs: () => 0,
    after: (delayMs: number, task: () => void) => {
      delays.push(delayMs)
      if (delayMs < 1_000) task()
      return () => {}
    },
  }
  const { projector, commands, stop } = createCqrs({ store, readModel: { checkpoint: async () => 0 } }, { clock, onReport: ({ type }) => reports.push(type) })
  await expect(projector.catchUp()).rejects.toThrow('The store is down')
  await expect(commands.handle({ type: 'AddItem', orderId: 'a', quantity: 1 })).rejects.toThrow(VersionConflict)
  expect(reports).toEqual(['RoundFailed'])
  expect(delays).toEqual([1_000, 10])
  stop()
})
