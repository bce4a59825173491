import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Blueprint } from '../../model/blueprint.ts'
import { compileBlueprint } from '../../model/compile.ts'
import { Engine } from '../../sim/engine.ts'
import { TraceBuffer } from '../../sim/record.ts'
import { holds } from '../../sim/testing/property.ts'
import { changed, orders } from './testing/orders.ts'

/** Much at once: a log that fails at times, crashes at random and planned, refusals, lost replies, jitter, a deadline, cancelling. */
const BUSY: Blueprint = orders({
  log: { latency: { type: 'exponential', meanMs: 20 }, errorPercent: 10 },
  saga: {
    crashesPerSecond: 0.2, restartMs: 300, deadlineMs: 6_000,
    steps: changed({ 0: { retry: { ...changed({})[0]!.retry, jitter: 'full' } }, 1: { onUnknown: 'compensate' }, 2: { onUnknown: 'query' } }),
  },
  everyMs: 137,
  untilMs: 10_000,
  faults: [
    { node: 'shipping', type: 'reject', fromMs: 3_000, toMs: 4_000 },
    { node: 'shipping', type: 'lose-replies', fromMs: 6_000, toMs: 7_000 },
    { node: 'payment', type: 'errors', fromMs: 5_000, toMs: 5_500, strength: 100 },
    { node: 'saga', type: 'crash-after-send', requestType: 'charge_customer', times: 2, fromMs: 2_000, toMs: 9_000 },
  ],
  more: { interventions: [{ what: 'signal', node: 'saga', atMs: 4_500, signal: { type: 'CANCEL' } }], durationMs: 15_000 },
})

const engineOf = (): { engine: Engine; trace: TraceBuffer } => {
  const trace = new TraceBuffer(8_192)
  return { engine: new Engine(compileBlueprint(BUSY).input, { trace }), trace }
}

test('a run goes on from a keyframe, in this engine or a fresh one, as if nothing had happened, with sagas in flight', () => {
  const whole = engineOf()
  whole.engine.runUntil(15e6)
  const expected = whole.trace.hash()
  holds(
    fc.property(fc.integer({ min: 0, max: 14_000_000 }), (atUs) => {
      const first = engineOf()
      first.engine.runUntil(atUs)
      const keyframe = first.engine.save()
      first.engine.runUntil(15e6)
      expect(first.trace.hash()).toBe(expected)
      first.engine.restore(keyframe)
      first.engine.runUntil(15e6)
      expect(first.trace.hash(), 'in the same engine').toBe(expected)
      const fresh = engineOf()
      fresh.engine.restore(keyframe)
      fresh.engine.runUntil(15e6)
      expect(fresh.trace.hash(), 'in a fresh engine').toBe(expected)
    }),
    { runs: 24 },
  )
})
