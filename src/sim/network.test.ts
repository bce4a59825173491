import { expect, test } from 'vitest'
import type { Blueprint } from '../model/blueprint.ts'
import { RecordKind } from './record.ts'
import { blueprint, constant, edge, node, resultLines, runWhole, steady, type EdgeSpec, type WholeRun } from './testing/blueprints.ts'

/** Many calls over one edge, one every 10 ms. */
function over(way: Partial<EdgeSpec>, more: { untilMs?: number; deadlineMs?: number; seed?: number } = {}): Blueprint {
  const { untilMs = 60_000, deadlineMs = 5, seed = 1 } = more
  return blueprint([steady(10, untilMs, { deadlineMs }), node('service', 'service', { workers: 100, latency: constant(0.1) })], [edge('client', 'service', way)], {
    durationMs: untilMs + 1_000,
    seed,
  })
}

const of = ({ records }: WholeRun, kind: number, b?: number): number => records.filter((record) => record.kind === kind && (b === undefined || record.b === b)).length
const near = (count: number, n: number, p: number): void => expect(Math.abs(count - n * p)).toBeLessThan(4 * Math.sqrt(n * p * (1 - p)))

test('calls and replies take the edge’s time, each way', () => {
  expect(resultLines(runWhole(over({ latency: constant(2) }, { untilMs: 20 })))).toEqual(['10 ok 4.1', '20 ok 4.1'])
})

test('calls and replies are lost in their share; a lost one is never answered', () => {
  const run = runWhole(over({ lossPercent: 20 }))
  const offered = run.requests.offered
  const [calls, replies] = [of(run, RecordKind.lost, 0), of(run, RecordKind.lost, 1)]
  expect(offered).toBe(6_000)
  near(calls, offered, 0.2)
  near(replies, offered - calls, 0.2)
  expect(run.requests).toMatchObject({ ok: offered - calls - replies, timedOut: calls + replies, inFlight: 0 })
})

test('doubled calls are worked on twice, and the copy’s answer changes nothing', () => {
  const run = runWhole(over({ duplicatePercent: 30 }))
  const copies = of(run, RecordKind.lost, 2)
  near(copies, run.requests.offered, 0.3)
  expect(of(run, RecordKind.reply)).toBe(run.requests.offered + copies)
  expect(of(run, RecordKind.late)).toBe(copies)
  expect(run.requests.ok).toBe(run.requests.offered)
})

test('calls are held back in their share, by up to the given time, so that later ones overtake them', () => {
  const run = runWhole(over({ reorderPercent: 25, reorderByMs: 40 }, { deadlineMs: 0 }))
  const delays = run.results.map(({ elapsedUs }) => elapsedUs - 100).filter((us) => us > 0)
  near(delays.length, run.requests.offered, 0.25)
  expect(Math.max(...delays)).toBeLessThanOrEqual(40_000)
  expect(Math.max(...delays)).toBeGreaterThan(38_000)
  const order = run.records.filter(({ kind }) => kind === RecordKind.reply).map(({ request }) => request)
  expect(order).not.toEqual(order.toSorted((left, right) => left - right))
})

test('a risk of 0 % and one of 100 % are never and always', () => {
  expect(of(runWhole(over({ lossPercent: 0, duplicatePercent: 0, reorderPercent: 0 })), RecordKind.lost)).toBe(0)
  const lossy = runWhole(over({ lossPercent: 100 }, { untilMs: 1_000 }))
  expect(of(lossy, RecordKind.lost, 0)).toBe(100)
  expect(lossy.requests.timedOut).toBe(100)
})

test('risks of one edge do not touch what happens on another', () => {
  const two = (lossPercent: number): string[] => {
    const system = blueprint(
      [
        { ...steady(10, 5_000, { deadlineMs: 50 }), id: 'a' },
        { ...steady(10, 5_000, { deadlineMs: 50 }), id: 'b' },
        node('x', 'service', { workers: 50 }),
        node('y', 'service', { workers: 50 }),
      ],
      [edge('a', 'x', { latency: { type: 'exponential', meanMs: 3 }, lossPercent }), edge('b', 'y', { latency: { type: 'exponential', meanMs: 3 } })],
    )
    const { records } = runWhole(system)
    return records.filter(({ kind, node: at }) => kind === RecordKind.result && at === 1).map(({ timeUs, b, elapsedUs }) => `${timeUs} ${b} ${elapsedUs}`)
  }
  expect(two(50)).toEqual(two(0))
})
