import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { msToUs } from '../base/time.ts'
import type { Blueprint } from '../model/blueprint.ts'
import { Summary } from '../trace/summary.ts'
import type { Engine } from './engine.ts'
import { blueprint, decode, engineOf } from './testing/blueprints.ts'
import { checkInstant, checkTrace } from './testing/laws.ts'
import { holds } from './testing/property.ts'
import { arbitraryDrawing, type Drawing } from './testing/random-blueprint.ts'

const open = ({ nodes, edges, more }: Drawing): Blueprint => blueprint(nodes, edges, more)

function kindsOf(of: Blueprint): string[] {
  return of.nodes.filter(({ bypassed }) => !bypassed).map(({ kind }) => kind)
}

function inFlightAtClients(engine: Engine, kinds: readonly string[]): number {
  const clients = engine.runtimes.filter((_, index) => kinds[index] === 'client')
  return clients.reduce((sum, { instance }) => sum + (instance.context as { inFlight: number }).inFlight, 0)
}

test('on any drawing, whatever goes wrong: nothing is lost, nothing is counted twice, no count is negative, time does not go back', () => {
  holds(
    fc.property(arbitraryDrawing({ risks: true, latencies: true, drains: false }), (drawing) => {
      const opened = open(drawing)
      const { engine, words } = engineOf(opened)
      const kinds = kindsOf(opened)
      const endUs = msToUs(opened.durationMs)
      // In bites of a few events, so that instants in the middle of a microsecond are looked at too.
      while (!engine.runUntil(endUs, 7)) checkInstant(engine, kinds)
      checkInstant(engine, kinds)
      const chunks = words()
      checkTrace(chunks.flatMap((chunk) => decode(chunk)))
      const summary = new Summary()
      for (const chunk of chunks) summary.add(chunk)
      const { offered, ok, failed, rejected, fallback, timedOut, inFlight } = summary.requests(engine.requestsMade)
      expect(ok + failed + rejected + fallback + timedOut + inFlight).toBe(offered)
      expect(inFlight).toBe(inFlightAtClients(engine, kinds))
    }),
    { runs: 110 },
  )
})

test('once clients stop and faults end, without loss, everything drains: no call, no worker, no repeat is left', () => {
  holds(
    fc.property(arbitraryDrawing({ risks: false, latencies: true, drains: true }), (drawing) => {
      const { engine, words } = engineOf(open(drawing))
      engine.runUntil(msToUs(600_000))
      const kinds = kindsOf(open(drawing))
      checkInstant(engine, kinds)
      checkTrace(words().flatMap((chunk) => decode(chunk)))
      engine.runtimes.forEach(({ instance }, index) => {
        if (kinds[index] === 'circuit-breaker') return
        const { busy = 0, queued = 0, stops = 0, inFlight = 0, retrying = 0, waiting = 0 } = instance.context as Record<string, number>
        expect({ busy, queued, stops, inFlight, retrying, waiting }, `node ${index}`).toEqual({ busy: 0, queued: 0, stops: 0, inFlight: 0, retrying: 0, waiting: 0 })
      })
      const users = drawing.nodes.reduce((sum, { config }) => sum + (config['load'] === 'users' ? Number(config['users']) : 0), 0)
      expect(engine.calls.live).toBe(users)
      expect(engine.nextEventUs()).toBe(Infinity)
    }),
    { runs: 80 },
  )
})
