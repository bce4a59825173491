import type { AnyStateMachine } from 'xstate'
import type { Sfc32 } from '../base/prng.ts'
import type { Bodies } from './bodies.ts'
import type { Calls } from './calls.ts'
import type { EdgeInput, FaultInput, Signal, SignalInput } from './input.ts'
import type { CompiledMachine, MachineInstance, TimerSink } from './machine/index.ts'
import type { Network } from './network.ts'
import type { NodeTimers } from './node-timers.ts'
import type { TraceBuffer } from './record.ts'
import type { WaitingLines } from './waiting-lines.ts'

/** One node of a run, as the compile step hands it to the kernel. The kernel knows no kinds, only runtimes. */
export interface NodeInput {
  id: string
  create(kernel: Kernel, node: number): NodeRuntime
}

/** Everything that decides a run. Same input, same trace. */
export interface EngineInput {
  seed: number
  nodes: readonly NodeInput[]
  edges: readonly EdgeInput[]
  requestTypes: readonly string[]
  /** What was planned, then what was done by hand in the order it was done; each at its own time. */
  script: readonly (FaultInput | SignalInput)[]
}

/** Compiles a machine for the kernel. The benchmark replaces it to measure what compiling gains. */
export type Compile = <C, E extends Signal>(machine: AnyStateMachine) => CompiledMachine<C, E>

/** Options of an engine run. */
export interface EngineOptions {
  /** Where records go; undefined switches tracing off. */
  trace?: TraceBuffer | undefined
  compile?: Compile
}

/** What the kernel does for runtimes. Calls are handles: indexes into {@link Calls}, valid until they are settled. */
export interface Kernel {
  /** Simulated time, microseconds. */
  readonly nowUs: number
  readonly calls: Calls
  readonly lines: WaitingLines
  readonly network: Network
  readonly timers: NodeTimers
  /** What calls carry when a number does not suffice: append-only, referred to by index. */
  readonly bodies: Bodies
  /** A node's stream for one purpose: same seed, id and purpose, same numbers. Ask once, when the runtime is made. */
  nodeStream(node: number, purpose: string): Sfc32
  /** The flat form of `machine`; nodes with the same machine share it. */
  machine<C, E extends Signal>(machine: AnyStateMachine): CompiledMachine<C, E>
  /** A client asks for something: a request record owned by the client. Its result is recorded when it is settled. */
  createRequest(node: number, type: number): number
  /** A lasting record that only schedules: somebody at a client who asks, waits and thinks. It is never settled. */
  createAgent(node: number): number
  isAgent(call: number): boolean
  /** Calls over `edge` on behalf of `parent`. The reply comes to the runtime that owns `parent`, if that still waits. */
  call(edge: number, parent: number): void
  /** As {@link call}, but asking for something of its own: see `type`, `subject` and `ask` of {@link Calls}. Gives the call's serial number. */
  callAs(edge: number, parent: number, type: number, subject: number, ask: number): number
  /** The call never came to this node (`what` 0), or its answer never leaves it (`what` 1): the caller waits in vain. */
  lose(call: number, what: 0 | 1): void
  /** The call comes to this node a second time, now; nobody waits for the copy. */
  duplicate(call: number): void
  /** Ends a call that arrived at this node, or a request of this client. Exactly once. */
  settle(call: number, outcome: number, reason: number): void
  /** Settles a call that has nowhere to go. */
  refuseUnrouted(call: number): void
  /** Asks to be told, through `onTimer`, after `delayUs`. Replaces what was scheduled for this call before. */
  schedule(call: number, delayUs: number): void
  /** As {@link schedule} for a delay that never changes, with the lane from {@link lane}: much cheaper when often cancelled. */
  scheduleConstant(call: number, lane: number): void
  /** The cheap path for a constant delay above 0. */
  lane(delayUs: number): number
  /** Forgets what was scheduled for this call. */
  unschedule(call: number): void
  /** Records a change of state, with the call that is being handled as its cause. */
  recordTransition(node: number, from: number, to: number, signal: number, evidence: number): void
  /** Writes a record that concerns `call` at `node`. */
  record(kind: number, node: number, call: number, a: number, b: number, c: number): void
}

/**
 * What a kind does when something happens to one of its nodes: the bridge between calls (the kernel's business) and signals
 * (the machine's). All mutable state lives in the machine's context, in call records, in kernel queues and streams, or in what
 * `save` gives, so that a keyframe holds everything.
 */
export abstract class NodeRuntime<C = unknown, E extends Signal = Signal> implements TimerSink {
  readonly machine: CompiledMachine<C, E>
  instance: MachineInstance<C>
  protected readonly kernel: Kernel
  protected readonly node: number

  constructor(kernel: Kernel, node: number, machine: CompiledMachine<C, E>, input: unknown) {
    this.kernel = kernel
    this.node = node
    this.machine = machine
    kernel.timers.claim(node, machine.timers.length)
    this.instance = machine.start(input, this)
  }

  /** The run begins; time is 0. */
  onStart(): void {}

  /** A call arrived at this node. It must be settled exactly once, now or later. */
  abstract onCall(call: number): void

  /** `child`, made on behalf of `call`, was answered: see the kernel's `calls.outcome[child]`. */
  onReply(_call: number, _child: number): void {}

  /** What was scheduled for `call` is due. */
  onTimer(_call: number): void {}

  /** The node's own tick is due. */
  onTick(): void {}

  /** A fault of a type this kind declares begins or ends. */
  onFault(_fault: FaultInput, _begins: boolean): void {}

  /** A signal sent by hand, from a file nobody may have checked. A kind takes those it means to; others are passed over. */
  onSignal(_signal: E): void {}

  /** A small integer that says why the transition just taken was taken, for the trace; 0 when there is nothing to say. */
  evidence(): number {
    return 0
  }

  /** What this runtime remembers besides its machine's context, as a keyframe stores it. Plain data, not written into later. */
  save(): unknown {
    return undefined
  }

  /** Takes back what {@link save} gave, in this run or in another one of the same input. */
  restore(_state: unknown): void {}

  /** Sends a signal to this node's machine and records a change of state. Effects: see `machine.effectCount`. */
  protected send(signal: number, event: E): void {
    const from = this.instance.state
    this.machine.step(this.instance, signal, event, this)
    if (this.instance.state !== from) this.kernel.recordTransition(this.node, from, this.instance.state, signal, this.evidence())
  }

  /** Asks for {@link onTick} after `delayUs`; replaces the tick asked for before. */
  protected startTick(delayUs: number): void {
    this.kernel.timers.start(this.node, 0, this.kernel.nowUs, delayUs)
  }

  /** Delivers a due machine timer. */
  onMachineTimer(timer: number): void {
    this.send(this.machine.timerSignal(timer), this.machine.timerEvent(timer))
    this.onTimerSignal()
  }

  /** A machine timer was just delivered; look at the effects here. */
  protected onTimerSignal(): void {}

  startTimer(timer: number, delayUs: number): void {
    this.kernel.timers.start(this.node, timer + 1, this.kernel.nowUs, delayUs)
  }

  cancelTimer(timer: number): void {
    this.kernel.timers.cancel(this.node, timer + 1)
  }
}
