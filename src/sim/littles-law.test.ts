import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { blueprint, decode, engineOf, type TraceRecord } from './testing/blueprints.ts'
import { RecordKind } from './record.ts'
import { holds } from './testing/property.ts'
import { arbitraryDrawing } from './testing/random-blueprint.ts'

/** The number held at each node, summed over time: looked at after every single event. */
function integrals(drawn: ReturnType<typeof engineOf>, held: (context: Record<string, number>) => number): number[] {
  const { engine } = drawn
  const sums = engine.runtimes.map(() => 0)
  const now = engine.runtimes.map(() => 0)
  const endUs = 600e6
  let lastUs = 0
  for (let isDone = false; !isDone; ) {
    isDone = engine.runUntil(Math.min(endUs, engine.nextEventUs()), 1) && engine.nextEventUs() > endUs
    engine.runtimes.forEach(({ instance }, node) => {
      sums[node]! += now[node]! * (engine.nowUs - lastUs)
      now[node] = held(instance.context as Record<string, number>)
    })
    lastUs = engine.nowUs
  }
  expect(now, 'everything has drained').toEqual(now.map(() => 0))
  return sums
}

/** The time each call spent at each node, from the trace; edges of these drawings take no time. */
function sojourns(records: readonly TraceRecord[], nodes: number): number[] {
  const sums = Array.from({ length: nodes }, () => 0)
  for (const { kind, node, elapsedUs } of records) {
    if (kind === RecordKind.reply || kind === RecordKind.result) sums[node]! += elapsedUs
  }
  return sums
}

test('on drained runs the number at every service, timeout and client over time is the sum of the times spent there (Little)', () => {
  let spent = 0
  holds(
    fc.property(arbitraryDrawing({ risks: false, latencies: false, drains: true }), ({ nodes, edges, more }) => {
      const drawn = engineOf(blueprint(nodes, edges, more))
      const kinds = nodes.map(({ kind }) => kind)
      const held = integrals(drawn, ({ busy = 0, queued = 0, waiting = 0, inFlight = 0 }) => busy + queued + waiting + inFlight)
      const times = sojourns(drawn.words().flatMap((words) => decode(words)), nodes.length)
      kinds.forEach((kind, node) => {
        if (kind === 'retry' || kind === 'circuit-breaker') return
        const [left, right] = [held[node]!, times[node]!]
        if (Math.abs(left - right) > 1e-9 * Math.max(left, right)) expect.fail(`node ${node} (${kind}): ∫N dt = ${left} us, ΣT = ${right} us`)
        spent += right
      })
    }),
    { runs: 60 },
  )
  expect(spent, 'there was something to compare').toBeGreaterThan(60e6)
})
