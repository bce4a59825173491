import type { AnyStateMachine } from 'xstate'
import { assert } from '../base/assert.ts'
import { createStream, type Sfc32 } from '../base/prng.ts'
import { AGENT, Calls, NOBODY, Phase } from './calls.ts'
import type { EngineInput, EngineOptions, Kernel, NodeRuntime } from './contract.ts'
import { EventQueue } from './event-queue.ts'
import type { Signal } from './input.ts'
import { restoreMachines, saveMachines, type Keyframe, type KeyframePart } from './keyframe.ts'
import { compileMachine, type CompiledMachine } from './machine/index.ts'
import { Mishaps } from './mishaps.ts'
import { Network } from './network.ts'
import { NodeTimers } from './node-timers.ts'
import { Outcome, packEnding, Reason, RecordKind, TraceBuffer } from './record.ts'
import { Bodies } from './bodies.ts'
import { createScript, type ScriptItem } from './script.ts'
import { Shelf } from './shelf.ts'
import { WaitingLines } from './waiting-lines.ts'

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
  readonly bodies = new Bodies()
  readonly runtimes: readonly NodeRuntime[]
  readonly trace: TraceBuffer | undefined

  readonly #input: EngineInput
  readonly #machines: Shelf
  readonly #queue: EventQueue
  readonly #mishaps = new Mishaps(this)
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
    this.#machines = new Shelf(options.compile ?? compileMachine)
    this.#queue = new EventQueue((target, token) => (target >= 0 ? this.calls.token[target] : this.timers.tokenOf(target)) !== token)
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
    return this.#machines.of<C, E>(machine)
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
    const call = this.calls.openCall(edge, this.network.to[edge]!, parent, this.#nextCall++, this.nowUs)
    this.#send(edge, call, parent)
  }

  callAs(edge: number, parent: number, type: number, subject: number, ask: number): number {
    const { calls } = this
    const call = calls.openCall(edge, this.network.to[edge]!, parent, this.#nextCall++, this.nowUs)
    calls.type[call] = type
    calls.subject[call] = subject
    calls.ask[call] = ask
    const id = calls.id[call]!
    this.#send(edge, call, parent)
    return id
  }

  lose(call: number, what: 0 | 1): void {
    this.#mishaps.lose(call, what)
  }

  duplicate(call: number): void {
    const copy = this.#mishaps.copyOf(call, this.#nextCall++)
    this.#queue.pushNow(this.nowUs, copy, this.calls.renewToken(copy))
  }

  #send(edge: number, call: number, parent: number): void {
    const { calls, network } = this
    this.record(RecordKind.call, calls.node[parent]!, call, edge, calls.type[call]!, calls.id[parent]!)
    if (network.isPlain[edge] === 1) this.#queue.pushNow(this.nowUs, call, calls.renewToken(call))
    else if (network.isReliable[edge] === 1) this.#travel(edge, call)
    else this.#travelAtRisk(edge, call)
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
    else if (this.network.isReliable[edge] === 0 && this.network.losesReply(edge)) this.#mishaps.lose(call, 1)
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
    const { nowUs, events } = this
    return {
      nowUs,
      events,
      nextRequest: this.#nextRequest,
      nextCall: this.#nextCall,
      scriptDone: this.#scriptDone,
      parts: this.#parts().map((part) => part.save()),
      machines: saveMachines(this.runtimes),
    }
  }

  restore(keyframe: Keyframe): void {
    this.nowUs = keyframe.nowUs
    this.events = keyframe.events
    this.#nextRequest = keyframe.nextRequest
    this.#nextCall = keyframe.nextCall
    this.#scriptDone = keyframe.scriptDone
    this.#parts().forEach((part, index) => part.restore(keyframe.parts[index] as never))
    restoreMachines(this.runtimes, keyframe.machines)
  }

  /** Everything with a memory of its own, in a fixed order. */
  #parts(): KeyframePart[] {
    const { calls, lines, timers, bodies, trace } = this
    return [this.#queue, calls, lines, timers, bodies, ...this.#streams, ...(trace ? [trace] : [])]
  }

  #stream(name: string): Sfc32 {
    const stream = createStream(this.#input.seed, name)
    this.#streams.push(stream)
    return stream
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
      calls.result[parent] = calls.result[call]!
      if (calls.subject[parent] === 0) calls.subject[parent] = calls.subject[call]!
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

  #travelAtRisk(edge: number, call: number): void {
    const { network } = this
    if (network.duplicates(edge)) this.schedule(this.#mishaps.copyOf(call, this.#nextCall++), network.drawTravelUs(edge))
    if (network.losesCall(edge)) this.#mishaps.lose(call, 0)
    else this.schedule(call, network.drawTravelUs(edge))
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
