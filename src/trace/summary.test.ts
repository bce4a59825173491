import { expect, test } from 'vitest'
import { Outcome, packEnding, RecordKind, TraceBuffer } from '../sim/record.ts'
import { Summary } from './summary.ts'

function summaryOf(results: readonly (readonly [outcome: number, ms: number])[]): Summary {
  const buffer = new TraceBuffer(64)
  for (const [outcome, ms] of results) buffer.write(1, RecordKind.result, 0, 1, 0, 0, packEnding(outcome, 6, ms * 1_000), ms * 1_000)
  buffer.write(1, RecordKind.reply, 0, 1, 0, 0, packEnding(Outcome.ok, 0, 1), 1)
  const summary = new Summary()
  summary.add(buffer.read(0).words)
  return summary
}

test('each request is in exactly one class; what has not ended is in flight', () => {
  const summary = summaryOf([[Outcome.ok, 1], [Outcome.ok, 1], [Outcome.fallback, 1], [Outcome.failed, 1], [Outcome.rejected, 1], [Outcome.timedOut, 1]])
  expect(summary.requests(9)).toEqual({ offered: 9, ok: 2, failed: 1, rejected: 1, fallback: 1, timedOut: 1, inFlight: 3 })
})

test('latency is over good answers only, by nearest rank; null without any', () => {
  const good = Array.from({ length: 20 }, (_, index): [number, number] => [index % 2 === 0 ? Outcome.ok : Outcome.fallback, index + 1])
  expect(summaryOf([...good, [Outcome.failed, 99_999]]).latencyMs()).toEqual({ p50: 10, p95: 19, p99: 20 })
  expect(summaryOf([[Outcome.timedOut, 5]]).latencyMs()).toEqual({ p50: null, p95: null, p99: null })
})

test('an hour is an hour', () => {
  expect(summaryOf([[Outcome.ok, 3_600_000]]).latencyMs().p50).toBe(3_600_000)
})
