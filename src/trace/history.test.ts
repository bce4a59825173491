import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Outcome, packEnding, RECORD_WORDS, RecordKind, TraceBuffer } from '../sim/record.ts'
import { holds } from '../sim/testing/property.ts'
import { bucketUsFor, RunHistory, type NameTransition } from './history.ts'

const QUARTER_US = 250_000
const named: NameTransition = (node, from, to, signal, evidence) => ({ node: `n${node}`, from: `s${from}`, to: `s${to}`, signal: `e${signal}`, evidence, why: 'because' })
const history = (): RunHistory => new RunHistory(2, QUARTER_US, named)

interface Result {
  atUs: number
  type: number
  outcome: number
  elapsedUs: number
}

function words(results: readonly Result[]): Int32Array {
  const buffer = new TraceBuffer(1_024)
  for (const { atUs, type, outcome, elapsedUs } of results) {
    buffer.write(atUs, RecordKind.result, 0, 1, 0, type, packEnding(outcome, 0, elapsedUs), elapsedUs)
  }
  return buffer.read(0).words
}

test('results fall into the bucket of their time, by type and outcome', () => {
  const run = history()
  run.add(0, words([
    { atUs: 0, type: 0, outcome: Outcome.ok, elapsedUs: 1_000 },
    { atUs: QUARTER_US - 1, type: 1, outcome: Outcome.failed, elapsedUs: 1_000 },
    { atUs: QUARTER_US, type: 0, outcome: Outcome.ok, elapsedUs: 1_000 },
    { atUs: 4 * QUARTER_US, type: 0, outcome: Outcome.timedOut, elapsedUs: 1_000 },
  ]))
  const { buckets, counts } = run.series(4 * QUARTER_US)
  expect(buckets).toBe(5)
  expect(counts[0]![Outcome.ok]).toEqual([1, 1, 0, 0, 0])
  expect(counts[1]![Outcome.failed]).toEqual([1, 0, 0, 0, 0])
  expect(counts[0]![Outcome.timedOut]).toEqual([0, 0, 0, 0, 1])
})

test('percentiles are over the good answers of the last second; without any there is none', () => {
  const run = history()
  run.add(0, words([
    { atUs: 10, type: 0, outcome: Outcome.ok, elapsedUs: 7_000 },
    { atUs: 20, type: 0, outcome: Outcome.failed, elapsedUs: 900_000 },
    { atUs: 3 * QUARTER_US, type: 1, outcome: Outcome.fallback, elapsedUs: 3_600_000_000 },
  ]))
  const { p50, p99 } = run.series(8 * QUARTER_US)
  expect(p50).toEqual([7, 7, 7, 7, 3_600_000, 3_600_000, 3_600_000, NaN, NaN])
  expect(p99.slice(0, 5)).toEqual([7, 7, 7, 3_600_000, 3_600_000])
})

const result: fc.Arbitrary<Result> = fc.record({ atUs: fc.nat(5_000_000), type: fc.nat(1), outcome: fc.nat(4), elapsedUs: fc.nat(3_000_000) })

test('the same records give the same history in whatever bites they come, whoever looks meanwhile, and however often a stretch is replayed', () => {
  holds(
    fc.property(fc.array(result, { maxLength: 60 }), fc.array(fc.tuple(fc.nat(60), fc.boolean(), fc.nat(20))), (unsorted, bites) => {
      const results = unsorted.toSorted((left, right) => left.atUs - right.atUs)
      const all = words(results)
      const whole = history()
      whole.add(0, all)
      const bitten = history()
      let known = 0
      for (const [to, looks, back] of [...bites, [results.length, false, 0] as const]) {
        const end = Math.min(results.length, Math.max(known, to))
        const from = Math.max(0, known - back)
        bitten.add(from, all.slice(from * RECORD_WORDS, end * RECORD_WORDS))
        known = end
        if (looks) bitten.series(results[end - 1]?.atUs ?? 0)
      }
      expect(bitten.count).toBe(results.length)
      expect(bitten.series(5_100_000)).toEqual(whole.series(5_100_000))
    }),
    { runs: 200 },
  )
})

test('changes of state are named, numbered by record and told once', () => {
  const buffer = new TraceBuffer(8)
  buffer.write(5, RecordKind.call, 0, 1, 1, 0, 0, 0)
  buffer.write(2 ** 33, RecordKind.transition, 3, 7, 9, 1 | (2 << 16), 4, 99)
  const run = history()
  run.add(0, buffer.read(0).words)
  run.add(0, buffer.read(0).words)
  run.add(1, buffer.read(1).words)
  expect(run.transitions).toEqual([
    { index: 1, atUs: 2 ** 33, node: 'n3', from: 's1', to: 's2', signal: 'e4', evidence: 99, why: 'because', request: 7, call: 9 },
  ])
})

test('buckets are a quarter of a second, and wider only for runs beyond ten minutes', () => {
  expect([1, 20, 600, 601, 1_200, 86_400].map((seconds) => bucketUsFor(seconds * 1e6))).toEqual([0.25e6, 0.25e6, 0.25e6, 0.5e6, 0.5e6, 36e6])
})
