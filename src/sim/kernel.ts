import type { AnyStateMachine } from 'xstate'
import { assert, defined } from '../base/assert.ts'
import { createStream, type PrngState, type Sfc32 } from '../base/prng.ts'
import { Calls, Phase, type CallsState } from './calls.ts'
import type { Compile, EngineInput, FaultInput, NodeRuntime, Signal } from './contract.ts'
import { EventQueue, type EventQueueState } from './event-queue.ts'
import { compileMachine, type CompiledMachine } from './machine/index.ts'
import { Network } from './network.ts'
import { clonePlain } from './plain.ts'
import { Outcome, Reason, RecordKind, TraceBuffer } from './record.ts'
import { createScript, type ScriptItem } from './script.ts'
import { WaitingLines } from './waiting-lines.ts'

/** The whole run at one instant: enough to continue it, hash-identical, in this kernel or in a fresh one of the same input. */
export interface Keyframe {
  nowUs: number
  events: number
  nextRequest: number
  nextCall: number
  scriptDone: number
  queue: EventQueueState
  calls: CallsState
  lines: { head: Int32Array; tail: Int32Array; length: Int32Array }
  timerTokens: Int32Array
  streams: PrngState[]
  machines: { state: number; context: unknown }[]
  trace: { count: number; hashA: number; hashB: number } | undefined
}

/** In `parent`: nobody's call. */
const AGENT = -2

/** Options of a {@link Kernel}. */
export interface KernelOptions {
  /** Where records go; undefined switches tracing off. */
  trace?: TraceBuffer | undefined
  compile?: Compile
}

/**
 * The simulation kernel: takes the next scheduled item, gives it to the node it concerns, and keeps every call's record,
 * every timer, every stream and the trace. It knows no kinds. Time is whole microseconds; ties go by sequence number.
 */
export class Kernel {
  nowUs = 0
  /** Scheduled items handled so far. */
  events = 0
  readonly calls = new Calls()
  readonly lines: WaitingLines
  readonly network: Network
  readonly runtimes: readonly NodeRuntime[]
  readonly trace: TraceBuffer | undefined

  readonly #input: EngineInput
  readonly #compile: Compile
  readonly #compiled = new Map<AnyStateMachine, unknown>()
  readonly #queue: EventQueue
  readonly #streams: Sfc32[] = []
  /** Node timers: of each node first its tick, then its machine's timers. */
  readonly #timerBase: number[] = []
  readonly #timerOwner: number[] = []
  #timerTokens = new Int32Array(16)
  #script: readonly ScriptItem[]
  #scriptDone = 0
  #nextRequest = 1
  #nextCall = 1
  /** The call that is being handled, the cause of what happens now; −1 none. */
  #current = -1

  constructor(input: EngineInput, options: KernelOptions = {}) {
    this.#input = input
    this.trace = options.trace
    this.#compile = options.compile ?? compileMachine
    this.#queue = new EventQueue((target, token) => this.#isCancelled(target, token))
    this.lines = new WaitingLines(input.nodes.length, this.calls)
    this.network = new Network(input, (name) => this.stream(name))
    this.#script = createScript(input.script)
    this.runtimes = input.nodes.map((node, index) => node.create(this, index))
    for (const runtime of this.runtimes) runtime.onStart()
  }

  /** The stream of one purpose of one node: `stream('payments/latency')`. Same seed and name, same numbers. */
  stream(name: string): Sfc32 {
    const stream = createStream(this.#input.seed, name)
    this.#streams.push(stream)
    return stream
  }

  /** A node's stream for one purpose. */
  nodeStream(node: number, purpose: string): Sfc32 {
    return this.stream(`${this.#input.nodes[node]!.id}/${purpose}`)
  }

  /** The flat form of `machine`; nodes with the same machine share it. */
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
      // A scripted item at t comes after every event at t: so it makes no difference whether it was known from the start.
      const limitUs = scriptUs < untilUs ? scriptUs : untilUs
      while (this.#queue.pop(limitUs)) {
        this.#handle(this.#queue.timeUs, this.#queue.target, this.#queue.token)
        if (this.events >= stopAt) return false
      }
      if (scriptUs > untilUs) break
      this.nowUs = scriptUs
      this.#runScriptItem()
    }
    this.nowUs = untilUs
    return true
  }

  /** Replaces faults and hand-sent signals from now on; those up to now must be unchanged. */
  rescript(input: EngineInput): void {
    this.#script = createScript(input.script)
  }

  /** Time of the next thing that will happen; Infinity when nothing will. */
  nextEventUs(): number {
    return Math.min(this.#queue.peekTimeUs(), this.#script[this.#scriptDone]?.atUs ?? Infinity)
  }

  // ------------------------------------------------------------------ for runtimes: calls

  /** A client asks for something: a request record owned by the client. Its outcome is recorded when it is settled. */
  createRequest(node: number, type: number): number {
    const calls = this.calls
    const request = calls.allocate()
    calls.parent[request] = -1
    calls.node[request] = node
    calls.edge[request] = -1
    calls.request[request] = this.#nextRequest++
    calls.id[request] = 0
    calls.type[request] = type
    calls.phase[request] = Phase.atCallee
    calls.startUs[request] = this.nowUs
    calls.arrivedUs[request] = this.nowUs
    return request
  }

  /** A lasting record that only schedules: somebody at a client who asks, waits and thinks. It is never settled. */
  createAgent(node: number): number {
    const calls = this.calls
    const agent = calls.allocate()
    calls.parent[agent] = AGENT
    calls.node[agent] = node
    calls.edge[agent] = -1
    calls.request[agent] = 0
    calls.id[agent] = 0
    calls.type[agent] = 0
    calls.phase[agent] = Phase.atCallee
    return agent
  }

  isAgent(call: number): boolean {
    return this.calls.parent[call] === AGENT
  }

  /** Calls over `edge` on behalf of `parent`. The reply comes to the runtime that owns `parent`, if that still waits. */
  call(edge: number, parent: number): void {
    const call = this.#newCall(edge, parent)
    const network = this.network
    this.trace?.write(
      this.nowUs, RecordKind.call, network.from[edge]!, this.calls.request[call]!, this.calls.id[call]!, edge,
      this.calls.type[call]!, this.calls.id[parent]!,
    )
    if (network.isReliable[edge] === 0) this.#callOverFaultyEdge(edge, call)
    else this.#travel(edge, call)
  }

  /** Ends a call that arrived at this node. */
  settle(call: number, outcome: number, reason: number): void {
    const calls = this.calls
    assert(calls.phase[call] === Phase.atCallee, 'a call was settled twice')
    const edge = calls.edge[call]!
    const elapsedUs = this.nowUs - calls.startUs[call]!
    if (edge < 0) {
      this.trace?.write(
        this.nowUs, RecordKind.result, calls.node[call]!, calls.request[call]!, 0, calls.type[call]!,
        outcome | (reason << 8), elapsedUs,
      )
      calls.release(call)
      return
    }
    calls.outcome[call] = outcome
    calls.reason[call] = reason
    calls.phase[call] = Phase.replying
    this.trace?.write(
      this.nowUs, RecordKind.reply, calls.node[call]!, calls.request[call]!, calls.id[call]!, edge,
      outcome | (reason << 8), elapsedUs,
    )
    if (this.network.isReliable[edge] === 0 && this.network.losesReply(edge)) this.#lose(call, edge, 1)
    else this.#travel(edge, call)
  }

  /** Asks to be told, through `onTimer`, after `delayUs`. Replaces what was scheduled for this call before. */
  schedule(call: number, delayUs: number): void {
    const token = (this.calls.token[call]! + 1) | 0
    this.calls.token[call] = token
    const dueUs = this.nowUs + delayUs
    this.calls.dueUs[call] = dueUs
    this.#queue.push(dueUs, call, token)
  }

  /** As {@link schedule} for a delay that never changes, with the lane from {@link lane}: much cheaper when often cancelled. */
  scheduleConstant(call: number, lane: number): void {
    const token = (this.calls.token[call]! + 1) | 0
    this.calls.token[call] = token
    this.#queue.pushConstant(lane, this.nowUs, call, token)
  }

  /** The cheap path for a constant delay above 0. */
  lane(delayUs: number): number {
    return this.#queue.lane(delayUs)
  }

  /** Forgets what was scheduled for this call. */
  unschedule(call: number): void {
    this.calls.token[call] = (this.calls.token[call]! + 1) | 0
  }

  // ------------------------------------------------------------------ for runtimes: node timers and records

  /** Reserves a node's tick and its machine's timers. Called once per node, in order. */
  claimTimers(node: number, machineTimers: number): void {
    assert(this.#timerBase.length === node, 'nodes claim their timers in order')
    this.#timerBase.push(this.#timerOwner.length)
    for (let timer = 0; timer <= machineTimers; timer += 1) this.#timerOwner.push(node)
    while (this.#timerTokens.length < this.#timerOwner.length) {
      const wider = new Int32Array(this.#timerTokens.length * 2)
      wider.set(this.#timerTokens)
      this.#timerTokens = wider
    }
  }

  /** Calls the node's `onTick` after `delayUs`. */
  startTick(node: number, delayUs: number): void {
    this.startNodeTimer(node, 0, delayUs)
  }

  cancelTick(node: number): void {
    this.cancelNodeTimer(node, 0)
  }

  /** Timer 0 is the tick, timer n+1 the machine's timer n. */
  startNodeTimer(node: number, timer: number, delayUs: number): void {
    const id = this.#timerBase[node]! + timer
    const token = (this.#timerTokens[id]! + 1) | 0
    this.#timerTokens[id] = token
    this.#queue.push(this.nowUs + delayUs, -1 - id, token)
  }

  cancelNodeTimer(node: number, timer: number): void {
    const id = this.#timerBase[node]! + timer
    this.#timerTokens[id] = (this.#timerTokens[id]! + 1) | 0
  }

  recordTransition(node: number, from: number, to: number, signal: number, evidence: number): void {
    const cause = this.#current
    this.trace?.write(
      this.nowUs, RecordKind.transition, node, cause < 0 ? 0 : this.calls.request[cause]!,
      cause < 0 ? 0 : this.calls.id[cause]!, from | (to << 16), signal, evidence,
    )
  }

  /** Writes a record of a kind that concerns `call` at `node`. */
  record(kind: number, node: number, call: number, a: number, b: number, c: number): void {
    this.trace?.write(this.nowUs, kind, node, this.calls.request[call]!, this.calls.id[call]!, a, b, c)
  }

  // ------------------------------------------------------------------ keyframes

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
      timerTokens: this.#timerTokens.slice(),
      streams: this.#streams.map((stream) => stream.save()),
      machines: this.runtimes.map(({ instance }) => ({ state: instance.state, context: clonePlain(instance.context) })),
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
    this.#timerTokens.set(keyframe.timerTokens)
    this.#streams.forEach((stream, index) => stream.restore(keyframe.streams[index]!))
    this.runtimes.forEach((runtime, index) => {
      const saved = keyframe.machines[index]!
      runtime.instance.state = saved.state
      // In place: runtimes may hold the context object.
      Object.assign(runtime.instance.context as object, clonePlain(saved.context))
    })
    if (keyframe.trace) this.trace?.restore(keyframe.trace)
  }

  // ------------------------------------------------------------------ inside

  #isCancelled(target: number, token: number): boolean {
    return (target >= 0 ? this.calls.token[target] : this.#timerTokens[-1 - target]) !== token
  }

  #handle(timeUs: number, target: number, token: number): void {
    if (target >= 0) {
      if (this.calls.token[target] !== token) return
      this.nowUs = timeUs
      this.events += 1
      this.#current = target
      this.#handleCall(target)
      return
    }
    const timer = -1 - target
    if (this.#timerTokens[timer] !== token) return
    this.nowUs = timeUs
    this.events += 1
    this.#current = -1
    const node = this.#timerOwner[timer]!
    const runtime = this.runtimes[node]!
    const index = timer - this.#timerBase[node]!
    if (index === 0) runtime.onTick()
    else runtime.onMachineTimer(index - 1)
  }

  #handleCall(call: number): void {
    const calls = this.calls
    const phase = calls.phase[call]
    if (phase === Phase.travelling) {
      calls.phase[call] = Phase.atCallee
      calls.arrivedUs[call] = this.nowUs
      this.runtimes[calls.node[call]!]!.onCall(call)
    } else if (phase === Phase.replying) this.#deliverReply(call)
    else this.runtimes[calls.node[call]!]!.onTimer(call)
  }

  #deliverReply(call: number): void {
    const calls = this.calls
    const parent = calls.parent[call]!
    if (parent >= 0 && calls.generation[parent] === calls.parentGeneration[call]) {
      this.runtimes[calls.node[parent]!]!.onReply(parent, call)
    } else {
      const edge = calls.edge[call]!
      this.trace?.write(
        this.nowUs, RecordKind.late, this.network.from[edge]!, calls.request[call]!, calls.id[call]!, edge,
        calls.outcome[call]! | (calls.reason[call]! << 8), this.nowUs - calls.startUs[call]!,
      )
    }
    calls.release(call)
  }

  #newCall(edge: number, parent: number): number {
    const calls = this.calls
    const call = calls.allocate()
    calls.parent[call] = parent
    calls.parentGeneration[call] = calls.generation[parent]!
    calls.node[call] = this.network.to[edge]!
    calls.edge[call] = edge
    calls.request[call] = calls.request[parent]!
    calls.id[call] = this.#nextCall++
    calls.type[call] = calls.type[parent]!
    calls.phase[call] = Phase.travelling
    calls.startUs[call] = this.nowUs
    return call
  }

  #travel(edge: number, call: number): void {
    const token = (this.calls.token[call]! + 1) | 0
    this.calls.token[call] = token
    const lane = this.network.lane[edge]!
    if (lane === Network.instant) this.#queue.pushNow(this.nowUs, call, token)
    else this.#queue.push(this.nowUs + this.network.drawLatencyUs(edge), call, token)
  }

  #callOverFaultyEdge(edge: number, call: number): void {
    const network = this.network
    if (network.duplicates(edge)) {
      // Nobody waits for the copy: its reply will be late by construction.
      const copy = this.#newCall(edge, call)
      this.calls.parent[copy] = -1
      this.trace?.write(
        this.nowUs, RecordKind.lost, network.from[edge]!, this.calls.request[copy]!, this.calls.id[copy]!, edge, 2, 0,
      )
      this.#travelHeldBack(edge, copy)
    }
    if (network.losesCall(edge)) this.#lose(call, edge, 0)
    else this.#travelHeldBack(edge, call)
  }

  #travelHeldBack(edge: number, call: number): void {
    const heldBackUs = this.network.drawHoldBackUs(edge)
    if (heldBackUs === 0) this.#travel(edge, call)
    else this.schedule(call, heldBackUs + this.network.drawLatencyUs(edge))
  }

  #lose(call: number, edge: number, what: number): void {
    this.trace?.write(
      this.nowUs, RecordKind.lost, this.network.from[edge]!, this.calls.request[call]!, this.calls.id[call]!, edge, what, 0,
    )
    this.calls.release(call)
  }

  #runScriptItem(): void {
    const item = defined(this.#script[this.#scriptDone], 'the scripted item')
    this.#scriptDone += 1
    this.#current = -1
    this.events += 1
    const runtime = this.runtimes[item.node]!
    if (item.what === 'signal') runtime.onSignal(item.signal)
    else this.#applyFault(runtime, item.fault, item.index, item.what === 'fault-begins')
  }

  #applyFault(runtime: NodeRuntime, fault: FaultInput, index: number, begins: boolean): void {
    this.trace?.write(this.nowUs, RecordKind.fault, fault.node, 0, 0, fault.type, begins ? 1 : 0, index)
    runtime.onFault(fault, begins)
  }

  /** Calls that wait at or are worked on by a node, for faults that concern all of them. Rare, so it looks at every record. */
  callsAt(node: number): number[] {
    const found: number[] = []
    for (let call = 0; call < this.calls.high; call += 1) {
      if (this.calls.phase[call] === Phase.atCallee && this.calls.node[call] === node) found.push(call)
    }
    return found
  }

  /** Settles as refused because there is nowhere to go. */
  refuseUnrouted(call: number): void {
    this.settle(call, Outcome.failed, Reason.noRoute)
  }
}
