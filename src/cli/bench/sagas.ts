import type { Blueprint } from '../../model/blueprint.ts'
import { compileBlueprint } from '../../model/compile.ts'
import { parseBlueprint } from '../../model/parse.ts'
import { findPattern } from '../../patterns/index.ts'
import { defined } from '../../base/assert.ts'
import { Engine } from '../../sim/engine.ts'
import { keyframeBytes } from '../../sim/keyframe.ts'
import { TraceBuffer } from '../../sim/record.ts'
import { median } from './measure.ts'

export interface SagaResult {
  /** Sagas under way at once. */
  live: number
  /**
   * What they hold: a keyframe of the whole run with all of them in flight (their machines, their calls' records, what is
   * scheduled for them), and their entries in the log.
   */
  bytes: number
  /** Steps that ended, per second of CPU time, with tracing on. */
  stepsPerSecond: number
}

const LIVE = 10_000
/** OrderSaga, as the palette gives it. */
const { steps: STEPS } = defined(findPattern('saga'), 'the saga').defaults as { steps: { name: string; compensation?: { name: string } }[] }
const STEP_MS = 250
const ROUNDS = 5
const MEASURED_US = 10_000_000
/** An entry of the log is one double. */
const ENTRY_BYTES = 8
/** Each step writes its intent and its outcome; half of a saga's steps are done on average. */
const ENTRIES_EACH = STEPS.length

/** OrderSagas of a second each, ten thousand of them under way at any time. */
export function benchSagas(): SagaResult {
  const rounds = Array.from({ length: ROUNDS }, () => round())
  const { live, bytes } = defined(rounds[0], 'a round')
  return { live, bytes, stepsPerSecond: Math.round(median(rounds.map(({ stepsPerSecond }) => stepsPerSecond))) }
}

function round(): SagaResult {
  const engine = new Engine(compileBlueprint(sagasBlueprint()).input, { trace: new TraceBuffer() })
  const sagas = (): { inFlight: number; completed: number } => engine.runtimes[1]!.instance.context as { inFlight: number; completed: number }
  engine.runUntil(2_000_500)
  const { inFlight, completed } = sagas()
  const bytes = keyframeBytes(engine.save()) + inFlight * ENTRIES_EACH * ENTRY_BYTES
  const before = process.cpuUsage()
  engine.runUntil(engine.nowUs + MEASURED_US)
  const { user, system } = process.cpuUsage(before)
  const seconds = (user + system) / 1e6
  return { live: inFlight, bytes, stepsPerSecond: ((sagas().completed - completed) * STEPS.length) / seconds }
}

function sagasBlueprint(): Blueprint {
  const { blueprint } = parseBlueprint({
    schemaVersion: 1,
    durationMs: 20_000,
    nodes: [
      node('client', 'client', { load: 'constant', ratePerSecond: LIVE / ((STEPS.length * STEP_MS) / 1_000), deadlineMs: 0 }),
      node('saga', 'saga', { initialStock: 1_000_000 }),
      ...STEPS.map(({ name }) => node(name, 'service', { workers: 5_000, latency: { type: 'constant', ms: STEP_MS } })),
    ],
    edges: [
      { id: 'asks', from: 'client', to: 'saga' },
      ...STEPS.map(({ name, compensation }) => ({
        id: `calls-${name}`, from: 'saga', to: name, requestTypes: [name, ...(compensation ? [compensation.name] : [])],
      })),
    ],
  })
  return defined(blueprint, 'the benchmark’s blueprint')
}

function node(id: string, kind: string, config: object): object {
  return { id, kind, label: id, position: { x: 0, y: 0 }, config }
}
