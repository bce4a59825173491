import { compileBlueprint } from '../../model/compile.ts'
import { Engine } from '../../sim/engine.ts'
import { TraceBuffer } from '../../sim/record.ts'
import { msToUs } from '../../base/time.ts'
import { projectionBlueprint } from './blueprints.ts'
import { median } from './measure.ts'

export interface CqrsResult {
  events: number
  wallMs: number
}

const EVENTS = 1_000_000
const PER_SECOND = 5_000
const ROUNDS = 3

/** A million events through one projection, tracing: from the command to the row. Counts the events that its view has in the end. */
export function benchCqrs(): CqrsResult {
  const runs = Array.from({ length: ROUNDS }, () => projectAll())
  return { events: runs[0]!.events, wallMs: median(runs.map(({ wallMs }) => wallMs)) }
}

function projectAll(): CqrsResult {
  const durationMs = (EVENTS / PER_SECOND) * 1_000
  const { input, nodeIds } = compileBlueprint(projectionBlueprint(PER_SECOND, 7, durationMs))
  const trace = new TraceBuffer()
  const engine = new Engine(input, { trace })
  const started = performance.now()
  engine.runUntil(msToUs(durationMs) + 1_000_000)
  trace.hash()
  const wallMs = performance.now() - started
  return { events: (engine.runtimes[nodeIds.indexOf('view')]!.instance.context as { writes: number }).writes, wallMs }
}
