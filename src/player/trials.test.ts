import { beforeEach, expect, test } from 'vitest'
import type { Blueprint } from '../model/blueprint.ts'
import { scenarios } from '../scenarios/index.ts'
import { runTrial } from './trial.ts'
import { TrialRunner } from './trials.ts'
import type { FromWorker, ToWorker } from './types.ts'

const opening = scenarios[0]!.blueprint

/** A worker that answers when it is told to. */
class FakeWorker {
  onmessage: ((event: { data: FromWorker }) => void) | null = null
  onerror: unknown = null
  readonly asked: ToWorker[] = []
  isOver = false

  postMessage(message: ToWorker): void {
    this.asked.push(message)
  }

  terminate(): void {
    this.isOver = true
  }

  answer(mark: number): void {
    this.onmessage?.({ data: { type: 'trial', runId: 0, ask: 0, trial: { facts: mark, meanMs: {} } } })
  }

  fail(message: string): void {
    this.onmessage?.({ data: { type: 'trouble', runId: 0, message } })
  }
}

let workers: FakeWorker[] = []
let runner: TrialRunner

beforeEach(() => {
  workers = []
  runner = new TrialRunner(() => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker as unknown as Worker
  })
})

const withSeed = (seed: number): Blueprint => ({ ...opening, seed })

test('runs one after the other, tells how far it is, and ends its worker', () => {
  runner.run([withSeed(1), withSeed(2)], 'breaker')
  expect(runner.getState().progress).toEqual({ done: 0, total: 2 })
  expect(workers[0]?.asked).toHaveLength(1)
  workers[0]?.answer(11)
  expect(runner.getState().progress).toEqual({ done: 1, total: 2 })
  workers[0]?.answer(22)
  expect(runner.getState()).toEqual({ progress: undefined, trouble: undefined })
  expect([1, 2].map((seed) => runner.of(withSeed(seed), 'breaker')?.facts)).toEqual([11, 22])
  expect(workers.map(({ isOver }) => isOver)).toEqual([true])
})

test('a result belongs to what was run: another setting has none, another place on the canvas has the same', () => {
  runner.run([opening], 'breaker')
  workers[0]?.answer(1)
  const moved = { ...opening, nodes: opening.nodes.map((node) => ({ ...node, label: 'other', position: { x: 9, y: 9 } })) }
  expect(runner.of(moved, 'breaker')?.facts).toBe(1)
  const [first, ...rest] = opening.nodes
  const set = { ...opening, nodes: [{ ...first!, config: { ...first!.config, ratePerSecond: 1 } }, ...rest] }
  expect(runner.of(set, 'breaker')).toBeUndefined()
  expect(runner.of(opening, 'api')).toBeUndefined()
})

test('what is known is not run again, and the same thing not twice', () => {
  runner.run([opening, withSeed(2), withSeed(2)], 'breaker')
  workers[0]?.answer(1)
  expect(runner.getState().progress).toEqual({ done: 1, total: 2 })
  runner.run([opening], 'breaker')
  expect(runner.getState().progress).toBeUndefined()
  expect(workers).toHaveLength(1)
})

test('a failure is told, and the next try starts afresh', () => {
  runner.run([opening], 'breaker')
  workers[0]?.fail('out of luck')
  expect(runner.getState()).toEqual({ progress: undefined, trouble: 'out of luck' })
  runner.run([opening], 'breaker')
  expect(runner.getState()).toEqual({ progress: { done: 0, total: 1 }, trouble: undefined })
  expect(workers.map(({ isOver }) => isOver)).toEqual([true, false])
})

test('a trial is a whole run: the mean time of each node that answered', () => {
  const constant = { type: 'constant', ms: 100 }
  const nodes = opening.nodes.map((node) => (node.id === 'payments' ? { ...node, config: { ...node.config, latency: constant } } : node))
  const { meanMs } = runTrial({ ...opening, nodes, faults: [] }, 'breaker')
  expect(Object.keys(meanMs).toSorted()).toEqual(['api', 'breaker', 'catalog', 'payments', 'timeout'])
  expect(meanMs['payments']).toBe(100)
  expect(meanMs['breaker']).toBe(100)
  expect(meanMs['api']).toBeGreaterThan(meanMs['catalog']!)
})
