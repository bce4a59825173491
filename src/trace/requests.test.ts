import { expect, test } from 'vitest'
import { Outcome, packEnding, Reason, RecordKind, TraceBuffer } from '../sim/record.ts'
import { requestsIn } from './requests.ts'

type Written = readonly [timeUs: number, kind: number, node: number, request: number, b?: number]

function seen(records: readonly Written[], nowUs: number) {
  const trace = new TraceBuffer()
  for (const [timeUs, kind, node, request, b = 0] of records) trace.write(timeUs, kind, node, request, 1, 0, b, 0)
  return requestsIn(trace.read(0).words, trace.count, nowUs)
}

const failed = packEnding(Outcome.failed, Reason.error, 0)
const RUN: readonly Written[] = [
  [1, RecordKind.call, 0, 1],
  [2, RecordKind.call, 0, 2],
  [3, RecordKind.lost, 1, 2],
  [4, RecordKind.result, 0, 1, failed],
  [5, RecordKind.note, 3, 0],
  [6, RecordKind.call, 2, 3],
  [7, RecordKind.lost, 2, 3, 2],
  [9, RecordKind.call, 2, 4],
]

test('those under way first, the latest first; where they are and how they ended', () => {
  expect(seen(RUN, 8)).toEqual([
    { request: 3, atUs: 7, node: 2, outcome: undefined, isLost: false },
    { request: 2, atUs: 3, node: 1, outcome: undefined, isLost: true },
    { request: 1, atUs: 4, node: 0, outcome: 'failed', isLost: false },
  ])
})

test('nothing of what comes after', () => {
  expect(seen(RUN, 3).map(({ request, outcome }) => [request, outcome])).toEqual([[2, undefined], [1, undefined]])
  expect(seen([], 3)).toEqual([])
})
