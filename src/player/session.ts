import { defined } from '../base/assert.ts'
import { msToUs } from '../base/time.ts'
import type { Blueprint } from '../model/blueprint.ts'
import { compileBlueprint, type Compiled } from '../model/compile.ts'
import type { ObserverSetup } from '../patterns/pattern.ts'
import { nameTransitions } from './names.ts'
import { Engine } from '../sim/engine.ts'
import type { Keyframe } from '../sim/keyframe.ts'
import { RECORD_WORDS, RecordKind, TraceBuffer, recordTimeUs } from '../sim/record.ts'
import { findStops, type Breakpoint, type BreakpointTest, type Stop } from '../trace/breakpoints.ts'
import type { NodeFrame } from '../trace/facts.ts'
import { bucketUsFor, RunHistory } from '../trace/history.ts'
import { METER_WINDOW_US, NodeMeters } from '../trace/meters.ts'
import type { Observers } from '../trace/observers.ts'
import { breakpointTests } from './breakpoint-tests.ts'
import { observersOf, observerSetups } from './observe.ts'
import { RECORD_WINDOW_US, type WorkerFrame } from './types.ts'

/** Events between keyframes: busy runs get more of them, so a jump is short everywhere. */
export const KEYFRAME_EVENTS = 10_000
const SLICE_EVENTS = 8_192

interface Kept {
  keyframe: Keyframe
  totals: number[][]
}

/**
 * One run and its playhead: computes forward, jumps back through keyframes, and keeps what happened so far. The same in the
 * worker, in Node and in tests; it knows no wall clock.
 */
export class Session {
  readonly blueprint: Blueprint
  readonly compiled: Compiled
  readonly kernel: Engine
  readonly history: RunHistory
  readonly observers: Observers
  headUs = 0
  /** The request that is being followed; 0: none. */
  watched = 0
  readonly #trace = new TraceBuffer()
  readonly #meters: NodeMeters
  readonly #kept: Kept[] = []
  readonly #setups: readonly ObserverSetup<unknown>[]
  #tests: readonly BreakpointTest[] = []
  /** Whether records are tested for breakpoints as they come, and those that hit. */
  #isTesting = false
  #stops: Stop[] = []
  #read = 0
  #records: Int32Array[] = []
  #fresh = true
  #sentTransitions = 0
  #sentVersion = -1
  #sentObserved = -1
  /** Time the run is on its way to. */
  #targetUs = 0

  constructor(blueprint: Blueprint) {
    this.blueprint = blueprint
    this.compiled = compileBlueprint(blueprint)
    this.kernel = new Engine(this.compiled.input, { trace: this.#trace })
    const name = nameTransitions(blueprint, this.compiled, this.kernel.runtimes.map(({ machine }) => machine))
    const bucketUs = bucketUsFor(msToUs(blueprint.durationMs))
    this.history = new RunHistory(this.compiled.requestTypes.length, bucketUs, name)
    this.#setups = observerSetups(blueprint, this.compiled, bucketUs)
    this.observers = observersOf(this.#setups)
    this.#meters = new NodeMeters(this.compiled.nodeIds.length)
    this.#trace.onFull = () => this.#take()
    this.#keep()
  }

  /** Where {@link play} is to stop. Changes nothing of what happens in the run. */
  setBreakpoints(breakpoints: readonly Breakpoint[]): void {
    this.#tests = breakpointTests(breakpoints, this.#setups, this.kernel.runtimes.map(({ machine }) => machine.states))
  }

  /** A breakpoint was hit, and no frame has told of it yet. */
  get isStopped(): boolean {
    return this.#stops.length > 0
  }

  /**
   * Sets where to go. Going back, and far ahead, restores the last keyframe that leaves time to refill what looks back a little;
   * who `goesThrough` leaves out nothing on the way ahead.
   */
  aim(toUs: number, goesThrough = false): void {
    const aheadUs = toUs - this.kernel.nowUs
    this.#targetUs = toUs
    if (aheadUs >= 0 && (goesThrough || aheadUs <= RECORD_WINDOW_US)) return
    const lookBackUs = Math.max(METER_WINDOW_US, RECORD_WINDOW_US)
    const nearest = this.#kept.findLast(({ keyframe }) => keyframe.nowUs <= Math.max(0, toUs - lookBackUs))
    const kept = defined(nearest ?? this.#kept[0], 'the first keyframe')
    if (aheadUs >= 0 && kept.keyframe.nowUs <= this.kernel.nowUs) return
    this.#fresh = true
    this.#records = []
    this.kernel.restore(kept.keyframe)
    this.#meters.restore(kept.totals)
    this.#read = this.kernel.trace?.count ?? 0
  }

  /** Computes towards the aim, at most about `maxEvents` events; true when it is there. */
  advance(maxEvents = Infinity): boolean {
    let left = maxEvents
    for (;;) {
      const last = this.#kept[this.#kept.length - 1]!.keyframe.events
      const slice = Math.min(SLICE_EVENTS, left, Math.max(1, last + KEYFRAME_EVENTS - this.kernel.events))
      const before = this.kernel.events
      const arrived = this.kernel.runUntil(this.#targetUs, slice)
      this.#take()
      left -= this.kernel.events - before
      this.headUs = Math.max(this.headUs, this.kernel.nowUs)
      this.#keepInTime()
      if (arrived) return true
      if (left <= 0) return false
    }
  }

  /**
   * As {@link advance}, but stops at the end of the first instant in which a breakpoint is hit: that is true too, and the next
   * frame tells what hit. Where it starts has been passed already.
   */
  play(maxEvents = Infinity): boolean {
    if (this.#tests.length === 0) return this.advance(maxEvents)
    const stopAt = this.kernel.events + maxEvents
    this.#isTesting = true
    while (this.#stops.length === 0 && this.kernel.events < stopAt) {
      const dueUs = Math.min(this.kernel.nextEventUs(), this.#targetUs)
      this.kernel.runUntil(dueUs)
      this.#take()
      this.#keepInTime()
      if (dueUs === this.#targetUs) break
    }
    this.#isTesting = false
    this.headUs = Math.max(this.headUs, this.kernel.nowUs)
    if (this.#stops.length > 0) this.#targetUs = this.kernel.nowUs
    return this.kernel.nowUs === this.#targetUs
  }

  /** Handles exactly one event. */
  stepEvent(): void {
    const nextUs = this.kernel.nextEventUs()
    if (!Number.isFinite(nextUs)) return
    const before = this.kernel.events
    for (let dueUs = nextUs; this.kernel.events === before && Number.isFinite(dueUs); dueUs = this.kernel.nextEventUs()) {
      this.kernel.runUntil(dueUs, 1)
    }
    this.#arriveHere()
  }

  /** Runs until a watched node changes state, at most `limitUs` further. */
  stepTransition(isWatched: (node: string) => boolean, limitUs: number): void {
    const endUs = this.kernel.nowUs + limitUs
    for (let known = this.#trace.count; ; known = this.#trace.count) {
      const nextUs = this.kernel.nextEventUs()
      if (nextUs > endUs) {
        this.#targetUs = endUs
        this.advance()
        return
      }
      this.kernel.runUntil(nextUs, 1)
      if (this.#hasTransition(this.#trace.read(known).words, isWatched)) break
    }
    this.#arriveHere()
  }

  /** What is new since the last frame; `full` adds the nodes and the series. */
  takeFrame(full: boolean, done: boolean): Omit<WorkerFrame, 'ask'> {
    const { nowUs } = this.kernel
    const isNews = this.history.version !== this.#sentVersion || this.observers.version !== this.#sentObserved
    const frame: Omit<WorkerFrame, 'ask'> = {
      nowUs,
      headUs: this.headUs,
      done,
      nodes: full ? this.nodeFrames() : undefined,
      records: joined(this.#records, nowUs - RECORD_WINDOW_US),
      fresh: this.#fresh,
      transitions: this.history.transitions.slice(this.#sentTransitions),
      series: full && isNews ? this.history.series(Math.max(nowUs, this.headUs)) : undefined,
      charts: full && isNews ? this.observers.charts(Math.max(nowUs, this.headUs)) : undefined,
      violations: full && isNews ? this.observers.violations() : undefined,
      events: this.kernel.events,
      stops: this.#stops.map((stop) => ({ ...stop, why: this.#whyOf(stop) })),
    }
    if (frame.series) {
      this.#sentVersion = this.history.version
      this.#sentObserved = this.observers.version
    }
    this.#sentTransitions = this.history.transitions.length
    this.#records = []
    this.#stops = []
    this.#fresh = false
    return frame
  }

  nodeFrames(): NodeFrame[] {
    return this.kernel.runtimes.map(({ machine, instance }, node) => ({
      id: this.compiled.nodeIds[node]!,
      kind: this.compiled.nodeKinds[node]!,
      state: machine.states[instance.state]!,
      context: instance.context,
      stats: this.#meters.stats(node, this.kernel.nowUs),
      facts: this.observers.facts(node, this.kernel.nowUs, this.watched),
    }))
  }

  /** Trace hash up to now. */
  hash(): string {
    return this.#trace.hash()
  }

  /** Bytes of all keyframes, for the benchmark. */
  keyframes(): readonly Keyframe[] {
    return this.#kept.map(({ keyframe }) => keyframe)
  }

  #arriveHere(): void {
    this.#take()
    this.#targetUs = this.kernel.nowUs
    this.headUs = Math.max(this.headUs, this.kernel.nowUs)
  }

  #hasTransition(words: Int32Array, isWatched: (node: string) => boolean): boolean {
    for (let at = 0; at < words.length; at += RECORD_WORDS) {
      const kind = words[at + 2]! & 0xff
      if (kind === RecordKind.transition && isWatched(this.compiled.nodeIds[words[at + 2]! >>> 8]!)) return true
    }
    return false
  }

  #take(): void {
    const { first, words } = this.#trace.read(this.#read)
    this.#read = this.#trace.count
    if (words.length === 0) return
    this.history.add(first, words)
    this.observers.add(first, words)
    this.#meters.add(words)
    if (this.#isTesting) this.#noteStops(findStops(this.#tests, first, words))
    this.#records.push(words)
    this.#dropOld()
  }

  /** An instant with very many records comes in several pieces. */
  #noteStops(stops: readonly Stop[]): void {
    this.#stops.push(...stops.filter(({ key }) => !this.#stops.some((known) => known.key === key)))
  }

  /** The reason that a change of state gives; '' for other moments. */
  #whyOf({ index }: Stop): string {
    return this.history.transitions.findLast((transition) => transition.index === index)?.why ?? ''
  }

  /** Only the last two seconds are ever sent. They are there wherever the run is stopped on its way. */
  #dropOld(): void {
    const keepFromUs = this.kernel.nowUs - RECORD_WINDOW_US
    while (this.#records.length > 0) {
      const chunk = this.#records[0]!
      if (recordTimeUs(chunk, chunk.length - RECORD_WORDS) >= keepFromUs) return
      this.#records.shift()
    }
  }

  #keepInTime(): void {
    if (this.kernel.events >= this.#kept[this.#kept.length - 1]!.keyframe.events + KEYFRAME_EVENTS) this.#keep()
  }

  #keep(): void {
    const last = this.#kept[this.#kept.length - 1]
    if (last && last.keyframe.events >= this.kernel.events) return
    this.#kept.push({ keyframe: this.kernel.save(), totals: this.#meters.save() })
  }
}

function joined(chunks: readonly Int32Array[], fromUs: number): Int32Array {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  const words = new Int32Array(length)
  let at = 0
  for (const chunk of chunks) {
    words.set(chunk, at)
    at += chunk.length
  }
  let first = 0
  while (first < length && recordTimeUs(words, first) < fromUs) first += RECORD_WORDS
  return words.slice(first)
}
