import type { AnyStateMachine } from 'xstate'
import type { Distribution } from './distribution.ts'
import type { CompiledMachine, MachineInstance, TimerSink } from './machine/index.ts'
import type { Kernel } from './kernel.ts'

/** An input to a machine. */
export interface Signal {
  type: string
}

/** One node of a run, as the compile step hands it to the kernel. The kernel knows no kinds, only runtimes. */
export interface NodeInput {
  id: string
  create(kernel: Kernel, node: number): NodeRuntime
}

/** One directed connection. Percentages are 0 to 100. */
export interface EdgeInput {
  id: string
  from: number
  to: number
  /** Time a call or a reply travels. */
  latency: Distribution
  lossPercent: number
  duplicatePercent: number
  /** Share of calls that are held back by another draw of up to `reorderByMs`. */
  reorderPercent: number
  reorderByMs: number
  /** Request types that take this edge; undefined: all. */
  types: readonly number[] | undefined
}

/** A disturbance of one node over an interval. What `type` (an index into the kind's list) does is the kind's business. */
export interface FaultInput {
  what: 'fault'
  node: number
  type: number
  fromUs: number
  /** Infinity: for the rest of the run. */
  toUs: number
  /** How strong, in the fault type's own unit: a factor, a percentage. */
  strength: number
}

/** A signal sent by hand to a node's machine. */
export interface SignalInput {
  what: 'signal'
  node: number
  atUs: number
  signal: Signal
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

/**
 * What a kind does when something happens to one of its nodes: the bridge between calls (the kernel's business) and signals
 * (the machine's). All mutable state lives in the machine's context, in call records and in kernel queues and streams, never
 * in a field, so that a keyframe holds everything.
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

  /** A signal sent by hand. */
  onSignal(signal: E): void {
    this.send(this.machine.signal(signal.type), signal)
  }

  /** A small integer that says why the transition just taken was taken, for the trace; 0 when there is nothing to say. */
  evidence(): number {
    return 0
  }

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
