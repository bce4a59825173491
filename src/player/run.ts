import { msToUs } from '../base/time.ts'
import type { Blueprint } from '../model/blueprint.ts'
import { compileBlueprint } from '../model/compile.ts'
import { findPattern } from '../patterns/index.ts'
import type { Violation } from '../patterns/pattern.ts'
import { findRuntime } from '../patterns/runtimes.ts'
import { Engine } from '../sim/engine.ts'
import { TraceBuffer } from '../sim/record.ts'
import type { Transition } from '../trace/facts.ts'
import { RunHistory, bucketUsFor } from '../trace/history.ts'
import type { ObservedCounts, Observers } from '../trace/observers.ts'
import { Summary, type LatencySummary, type RequestCounts } from '../trace/summary.ts'
import type { TraceNames } from '../trace/text.ts'
import { nameTransitions } from './names.ts'
import { createObservers } from './observe.ts'

/** A whole run, headless: what the sim command prints and what goldens and comparisons are made of. */
export interface RunResult {
  hash: string
  events: number
  requests: RequestCounts
  latencyMs: LatencySummary
  transitions: (Transition & { isStep: boolean })[]
  history: RunHistory
  /** What observers counted, by name, such as `sagas`. */
  counts: ObservedCounts
  violations: Violation[]
  observers: Observers
  names: TraceNames
  /** All records when asked for, else empty. */
  trace: Int32Array[]
}

/** Runs a checked blueprint to its end at full speed; `onRecords` is given every record once, in order. */
export function runBlueprint(blueprint: Blueprint, options: { keepTrace: boolean; onRecords?: (words: Int32Array) => void }): RunResult {
  const compiled = compileBlueprint(blueprint)
  const buffer = new TraceBuffer()
  const kernel = new Engine(compiled.input, { trace: buffer })
  const machines = kernel.runtimes.map(({ machine }) => machine)
  const durationUs = msToUs(blueprint.durationMs)
  const history = new RunHistory(compiled.requestTypes.length, bucketUsFor(durationUs), nameTransitions(blueprint, compiled, machines))
  const observers = createObservers(blueprint, compiled, bucketUsFor(durationUs))
  const summary = new Summary()
  const trace: Int32Array[] = []
  let read = 0
  const take = (): void => {
    const { first, words } = buffer.read(read)
    read = buffer.count
    history.add(first, words)
    observers.add(first, words)
    summary.add(words)
    options.onRecords?.(words)
    if (options.keepTrace) trace.push(words)
  }
  buffer.onFull = take
  kernel.runUntil(durationUs)
  take()
  const kinds = new Map(blueprint.nodes.map((node) => [node.id, node.kind]))
  const isStep = (node: string): boolean => findPattern(kinds.get(node) ?? '')?.isStepTarget === true
  return {
    hash: buffer.hash(),
    events: kernel.events,
    requests: summary.requests(kernel.requestsMade),
    latencyMs: summary.latencyMs(),
    transitions: history.transitions.map((transition) => ({ ...transition, isStep: isStep(transition.node) })),
    history,
    counts: observers.summary(durationUs),
    violations: observers.violations(),
    observers,
    names: {
      nodes: compiled.nodeIds,
      edges: compiled.edgePaths.map((path) => path.join('+')),
      requestTypes: compiled.requestTypes,
      states: machines.map((machine) => machine.states),
      signals: machines.map((machine) => machine.signals),
      notes: compiled.nodeIds.map((id) => noteWriter(blueprint, id)),
      faults: compiled.nodeIds.map((id) => (findPattern(kinds.get(id) ?? '')?.faults ?? []).map(({ type }) => type)),
    },
    trace,
  }
}

/** What a node's notes say, in its kind's own words. */
function noteWriter(blueprint: Blueprint, id: string): TraceNames['notes'][number] {
  const node = blueprint.nodes.find((one) => one.id === id)
  const write = findRuntime(node?.kind ?? '')?.noteText
  return node && write ? (a, b, c) => write(a, b, c, node.config) : undefined
}
