import type { AnyStateMachine } from 'xstate'
import { assert } from '../base/assert.ts'
import { createStream, type Sfc32 } from '../base/prng.ts'
import { AGENT, Calls, NOBODY, Phase } from './calls.ts'
import type { Compile, EngineInput, Kernel, NodeRuntime } from './contract.ts'
import { EventQueue } from './event-queue.ts'
import type { Signal } from './input.ts'
import { restoreMachines, saveMachines, type Keyframe } from './keyframe.ts'
import { compileMachine, type CompiledMachine } from './machine/index.ts'
import { Network } from './network.ts'
import { NodeTimers } from './node-timers.ts'
import { Outcome, packEnding, Reason, RecordKind, TraceBuffer } from './record.ts'
import { createScript, type ScriptItem } from './script.ts'
import { WaitingLines } from './waiting-lines.ts'

/** Options of an {@link Engine}. */
export interface EngineOptions {
  /** Where records go; undefined switches tracing off. */
  trace?: TraceBuffer | undefined
  compile?: Compile
}

/**
 * The simulation engine: takes the next scheduled item, gives it to the node it concerns, and keeps every call's record,
 * every timer, every stream and the trace. It knows no kinds. Time is whole microseconds; ties go by sequence number.
 */
export class Engine implements Kernel {
  nowUs = 0
  /** Scheduled items and scripted moments handled so far. */
  events = 0
  readonly calls = new Calls()
  readonly lines: WaitingLines
  readonly network: Network
  readonly timers: NodeTimers
  readonly runtimes: readonly NodeRuntime[]
  readonly trace: TraceBuffer | undefined

  readonly #input: EngineInput
  readonly #compile: Compile
  readonly #compiled = new Map<AnyStateMachine, unknown>()
  readonly #queue: EventQueue
  readonly #streams: Sfc32[] = []
  readonly #script: readonly ScriptItem[]
  #scriptDone = 0
  #nextRequest = 1
  #nextCall = 1
  /** The call that is being handled, the cause of what happens now; −1 none. */
  #current = -1

  constructor(input: EngineInput, options: EngineOptions = {}) {
    this.#input = input
    this.trace = options.trace
    this.#compile = options.compile ?? compileMachine
    this.#queue = new EventQueue((target, token) => this.#isCancelled(target, token))
    this.timers = new NodeTimers(this.#queue)
    this.lines = new WaitingLines(input.nodes.length, this.calls)
    this.network = new Network(input, (name) => this.#stream(name))
    this.#script = createScript(input.script)
    this.runtimes = input.nodes.map((node, index) => node.create(this, index))
    for (const runtime of this.runtimes) runtime.onStart()
  }

  /** Requests that clients made so far. */
  get requestsMade(): number {
    return this.#nextRequest - 1
  }

  nodeStream(node: number, purpose: string): Sfc32 {
    return this.#stream(`${this.#input.nodes[node]!.id}/${purpose}`)
  }

  machine<C, E extends Signal>(machine: AnyStateMachine): CompiledMachine<C, E> {
    const known = this.#compiled.get(machine)
    if (known) return known as CompiledMachine<C, E>
    const compiled = this.#compile<C, E>(machine)
    this.#compiled.set(machine, compiled)
    return compiled
  }

  /**
   * Runs until every item due at or before `untilUs` is handled, or `maxEvents` were; false when it stopped for the latter.
   * Afterwards `nowUs` is `untilUs` unless it stopped early.
   */
  runUntil(untilUs: number, maxEvents = Infinity): boolean {
    const stopAt = this.events + maxEvents
    for (;;) {
      const scriptUs = this.#script[this.#scriptDone]?.atUs ?? Infinity
      // A scripted moment comes after every event of its time: so it makes no difference when it became known.
      const limitUs = scriptUs < untilUs ? scriptUs : untilUs
      while (this.#queue.pop(limitUs)) {
        this.#handle(this.#queue.timeUs, this.#queue.target, this.#queue.token)
        if (this.events >= stopAt) return false
      }
      if (scriptUs > untilUs) break
      this.#playScript(this.#script[this.#scriptDone]!)
      if (this.events >= stopAt) return false
    }
    this.nowUs = untilUs
    return true
  }

  /** Time of the next thing that may happen; Infinity when nothing will. */
  nextEventUs(): number {
    return Math.min(this.#queue.peekTimeUs(), this.#script[this.#scriptDone]?.atUs ?? Infinity)
  }

  createRequest(node: number, type: number): number {
    return this.calls.openOwn(node, NOBODY, this.#nextRequest++, type, this.nowUs)
  }

  createAgent(node: number): number {
    return this.calls.openOwn(node, AGENT, 0, 0, this.nowUs)
  }

  isAgent(call: number): boolean {
    return this.calls.parent[call] === AGENT
  }

  call(edge: number, parent: number): void {
    const { calls, network } = this
    const call = calls.openCall(edge, network.to[edge]!, parent, this.#nextCall++, this.nowUs)
    this.record(RecordKind.call, calls.node[parent]!, call, edge, calls.type[call]!, calls.id[parent]!)
    if (network.isPlain[edge] === 1) this.#queue.pushNow(this.nowUs, call, calls.renewToken(call))
    else if (network.isReliable[edge] === 1) this.#travel(edge, call)
    else this.#travelAtRisk(edge, call, parent)
  }

  settle(call: number, outcome: number, reason: number): void {
    const { calls } = this
    assert(calls.phase[call] === Phase.atCallee, 'a call was settled twice')
    const edge = calls.edge[call]!
    const elapsedUs = this.nowUs - calls.startUs[call]!
    const ending = packEnding(outcome, reason, elapsedUs)
    if (edge < 0) {
      this.record(RecordKind.result, calls.node[call]!, call, calls.type[call]!, ending, elapsedUs)
      calls.release(call)
      return
    }
    calls.outcome[call] = outcome
    calls.reason[call] = reason
    calls.phase[call] = Phase.replying
    this.record(RecordKind.reply, calls.node[call]!, call, edge, ending, elapsedUs)
    if (this.network.isPlain[edge] === 1) this.#queue.pushNow(this.nowUs, call, calls.renewToken(call))
    else if (this.network.isReliable[edge] === 0 && this.network.losesReply(edge)) this.#lose(call, edge, 1)
    else this.#travel(edge, call)
  }

  refuseUnrouted(call: number): void {
    this.settle(call, Outcome.failed, Reason.noRoute)
  }

  schedule(call: number, delayUs: number): void {
    const dueUs = this.nowUs + delayUs
    this.calls.dueUs[call] = dueUs
    this.#queue.push(dueUs, call, this.calls.renewToken(call))
  }

  scheduleConstant(call: number, lane: number): void {
    this.#queue.pushConstant(lane, this.nowUs, call, this.calls.renewToken(call))
  }

  lane(delayUs: number): number {
    return this.#queue.lane(delayUs)
  }

  unschedule(call: number): void {
    this.calls.renewToken(call)
  }

  recordTransition(node: number, from: number, to: number, signal: number, evidence: number): void {
    const { calls } = this
    const cause = this.#current
    const request = cause < 0 ? 0 : calls.request[cause]!
    const call = cause < 0 ? 0 : calls.id[cause]!
    this.trace?.write(this.nowUs, RecordKind.transition, node, request, call, from | (to << 16), signal, evidence)
  }

  record(kind: number, node: number, call: number, a: number, b: number, c: number): void {
    this.trace?.write(this.nowUs, kind, node, this.calls.request[call]!, this.calls.id[call]!, a, b, c)
  }

  save(): Keyframe {
    return {
      nowUs: this.nowUs,
      events: this.events,
      nextRequest: this.#nextRequest,
      nextCall: this.#nextCall,
      scriptDone: this.#scriptDone,
      queue: this.#queue.save(),
      calls: this.calls.save(),
      lines: this.lines.save(),
      timers: this.timers.save(),
      streams: this.#streams.map((stream) => stream.save()),
      machines: saveMachines(this.runtimes),
      trace: this.trace?.save(),
    }
  }

  restore(keyframe: Keyframe): void {
    this.nowUs = keyframe.nowUs
    this.events = keyframe.events
    this.#nextRequest = keyframe.nextRequest
    this.#nextCall = keyframe.nextCall
    this.#scriptDone = keyframe.scriptDone
    this.#queue.restore(keyframe.queue)
    this.calls.restore(keyframe.calls)
    this.lines.restore(keyframe.lines)
    this.timers.restore(keyframe.timers)
    this.#streams.forEach((stream, index) => stream.restore(keyframe.streams[index]!))
    restoreMachines(this.runtimes, keyframe.machines)
    if (keyframe.trace) this.trace?.restore(keyframe.trace)
  }

  #stream(name: string): Sfc32 {
    const stream = createStream(this.#input.seed, name)
    this.#streams.push(stream)
    return stream
  }

  #isCancelled(target: number, token: number): boolean {
    return (target >= 0 ? this.calls.token[target] : this.timers.tokenOf(target)) !== token
  }

  #handle(timeUs: number, target: number, token: number): void {
    if (target >= 0) {
      if (this.calls.token[target] !== token) return
      this.nowUs = timeUs
      this.events += 1
      this.#current = target
      this.#handleCall(target)
    } else if (this.timers.tokenOf(target) === token) {
      this.nowUs = timeUs
      this.events += 1
      this.#current = -1
      const runtime = this.runtimes[this.timers.nodeOf(target)]!
      const timer = this.timers.timerOf(target)
      if (timer === 0) runtime.onTick()
      else runtime.onMachineTimer(timer - 1)
    }
  }

  #handleCall(call: number): void {
    const { calls } = this
    const phase = calls.phase[call]
    if (phase === Phase.travelling) {
      calls.phase[call] = Phase.atCallee
      calls.arrivedUs[call] = this.nowUs
      this.runtimes[calls.node[call]!]!.onCall(call)
    } else if (phase === Phase.replying) this.#deliverReply(call)
    else this.runtimes[calls.node[call]!]!.onTimer(call)
  }

  #deliverReply(call: number): void {
    const { calls } = this
    if (calls.isAwaited(call)) {
      const parent = calls.parent[call]!
      this.runtimes[calls.node[parent]!]!.onReply(parent, call)
    } else {
      const edge = calls.edge[call]!
      const elapsedUs = this.nowUs - calls.startUs[call]!
      const ending = packEnding(calls.outcome[call]!, calls.reason[call]!, elapsedUs)
      this.record(RecordKind.late, this.network.from[edge]!, call, edge, ending, elapsedUs)
    }
    calls.release(call)
  }

  #travel(edge: number, call: number): void {
    this.#queue.push(this.nowUs + this.network.drawLatencyUs(edge), call, this.calls.renewToken(call))
  }

  /** Over an edge that may double, lose or hold back what travels on it. */
  #travelAtRisk(edge: number, call: number, parent: number): void {
    const { calls, network } = this
    if (network.duplicates(edge)) {
      const copy = calls.openCall(edge, network.to[edge]!, parent, this.#nextCall++, this.nowUs)
      // Nobody waits for the copy: its answer is late by construction.
      calls.parent[copy] = NOBODY
      this.record(RecordKind.lost, network.from[edge]!, copy, edge, 2, 0)
      this.schedule(copy, network.drawHoldBackUs(edge) + network.drawLatencyUs(edge))
    }
    if (network.losesCall(edge)) this.#lose(call, edge, 0)
    else this.schedule(call, network.drawHoldBackUs(edge) + network.drawLatencyUs(edge))
  }

  #lose(call: number, edge: number, what: number): void {
    this.record(RecordKind.lost, what === 1 ? this.calls.node[call]! : this.network.from[edge]!, call, edge, what, 0)
    this.calls.release(call)
  }

  #playScript(item: ScriptItem): void {
    this.nowUs = item.atUs
    this.events += 1
    this.#scriptDone += 1
    this.#current = -1
    const runtime = this.runtimes[item.node]!
    if (item.what === 'signal') return runtime.onSignal(item.signal)
    this.trace?.write(this.nowUs, RecordKind.fault, item.node, 0, 0, item.fault.type, item.begins ? 1 : 0, item.index)
    runtime.onFault(item.fault, item.begins)
  }
}
