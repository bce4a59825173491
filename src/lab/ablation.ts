import { assert, defined } from '../base/assert.ts'
import { msToUs } from '../base/time.ts'
import type { Blueprint, BlueprintEdge, BlueprintFault, BlueprintNode } from '../model/blueprint.ts'
import { compileBlueprint } from '../model/compile.ts'
import type { Ablation, SwitchSettings } from '../patterns/experiments.ts'
import { findPattern } from '../patterns/index.ts'
import { createObservers } from '../player/observe.ts'
import { Engine } from '../sim/engine.ts'
import { TraceBuffer } from '../sim/record.ts'
import type { AblationRow } from './types.ts'

/** Schedules that share a run: a day of simulated time is longer than any of them needs. */
const PER_RUN = 1_296
const ORCHESTRATOR = 'orchestrator'
const CALLEE = 'participant'

/** Every schedule once for each combination, one combination after the other. */
export function* runAblation(node: BlueprintNode, ablation: Ablation): Generator<AblationRow> {
  for (const settings of ablation.combinations) yield runCombination(node, ablation, settings)
}

/**
 * Runs every schedule of outcomes, outcomes to the power of steps, each as a piece of work of its own. They come one after the
 * other within a run, each over before the next begins, so none knows of another.
 */
export function runCombination(node: BlueprintNode, ablation: Ablation, settings: SwitchSettings): AblationRow {
  const schedules = ablation.outcomes.length ** ablation.steps(node.config).length
  let violating = 0
  for (let first = 0; first < schedules; first += PER_RUN) {
    violating += countViolating(ablationBlueprint(node, ablation, settings, first, Math.min(PER_RUN, schedules - first)))
  }
  return { settings, schedules, violating }
}

/** An ordinary blueprint that runs `count` schedules from the `first` on: request n meets the schedule `first + n − 1`. */
export function ablationBlueprint(node: BlueprintNode, ablation: Ablation, settings: SwitchSettings, first: number, count: number): Blueprint {
  const everyMs = ablation.spanMs(node.config)
  const worker: BlueprintNode = { ...node, id: ORCHESTRATOR, bypassed: false, config: ablation.configure(node.config, settings) as Record<string, unknown> }
  const types = ablation.steps(node.config)
  const faults = Array.from({ length: count }, (_, index) => {
    const fromMs = (index + 1) * everyMs - 1
    return faultsOf(types, ablation.outcomes, first + index).map((fault): BlueprintFault => ({ ...fault, node: CALLEE, fromMs, toMs: fromMs + everyMs, times: 1 }))
  })
  return {
    schemaVersion: 1,
    name: 'Ablation',
    nodes: [
      standard('client', 'client', { load: 'constant', ratePerSecond: 1_000 / everyMs, sendUntilMs: count * everyMs, deadlineMs: 0 }),
      worker,
      standard(CALLEE, 'service', { latency: { type: 'constant', ms: ablation.workMs } }),
    ],
    edges: [line('client', ORCHESTRATOR), line(ORCHESTRATOR, CALLEE)],
    faults: faults.flat(),
    interventions: [],
    seed: 1,
    durationMs: (count + 1) * everyMs,
  }
}

/** What befalls the steps in a schedule, which is a number with a digit for every step. */
function faultsOf(types: readonly string[], outcomes: Ablation['outcomes'], schedule: number): Pick<BlueprintFault, 'type' | 'requestType'>[] {
  let rest = schedule
  return types.flatMap((requestType) => {
    const { fault } = outcomes[rest % outcomes.length]!
    rest = Math.floor(rest / outcomes.length)
    return fault ? [{ ...fault, requestType }] : []
  })
}

function countViolating(blueprint: Blueprint): number {
  const compiled = compileBlueprint(blueprint)
  const buffer = new TraceBuffer()
  const engine = new Engine(compiled.input, { trace: buffer })
  const endUs = msToUs(blueprint.durationMs)
  const observers = createObservers(blueprint, compiled, endUs)
  let read = 0
  const take = (): void => {
    const { first, words } = buffer.read(read)
    read = buffer.count
    observers.add(first, words)
  }
  buffer.onFull = take
  engine.runUntil(endUs)
  take()
  assert(engine.calls.live === 0, 'a schedule did not come to its end')
  return observers.violatedRequests().size
}

function standard(id: string, kind: string, config: Record<string, unknown>): BlueprintNode {
  const { defaults } = defined(findPattern(kind), `kind ${kind}`)
  return { id, kind, label: id, position: { x: 0, y: 0 }, config: { ...(defaults as object), ...config }, bypassed: false }
}

function line(from: string, to: string): BlueprintEdge {
  return { id: `${from}-${to}`, from, to, lossPercent: 0, duplicatePercent: 0, reorderPercent: 0, reorderByMs: 0 }
}
