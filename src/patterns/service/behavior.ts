import type { Sfc32 } from '../../base/prng.ts'
import { NodeRuntime } from '../../sim/contract.ts'
import type { FaultInput } from '../../sim/input.ts'
import { createSampler, type Sampler } from '../../sim/distribution.ts'
import type { Kernel } from '../../sim/contract.ts'
import { Outcome, Reason, RecordKind } from '../../sim/record.ts'
import type { ServiceConfig } from './config.ts'
import { FAULT_TYPES } from './faults.ts'
import { serviceMachine, type ServiceContext, type ServiceSignal } from './machine.ts'

/**
 * Where a call is inside the service: `scratchB` of its record. `stuck`: its work stands still under a hang or a pause;
 * `held`: an answer came during a pause and has not been read.
 */
const Stage = { waiting: 0, working: 1, calling: 2, held: 3, stuck: 4 } as const
const COUNT_MASK = 0xffff
const ARRIVE: ServiceSignal = { type: 'ARRIVE' }
const DONE: ServiceSignal = { type: 'DONE' }

/**
 * Works on calls with its workers, then calls on while the worker is held, and answers with the worst of what came back.
 *
 * A call's `scratchA` is what its stage needs. Calling: answers outstanding (in parallel) or calls made (one after another) |
 * worst outcome << 16 | its reason << 20. While a call is stuck, its `dueUs` holds the microseconds of work still to do.
 */
export class ServiceRuntime extends NodeRuntime<ServiceContext, ServiceSignal> {
  readonly #errorPercent: number
  readonly #isParallel: boolean
  readonly #sampler: Sampler
  readonly #latencyStream: Sfc32
  readonly #errorStream: Sfc32
  readonly #arrive: number
  readonly #done: number
  readonly #startWork: number
  readonly #enqueue: number
  readonly #hung: number
  readonly #paused: number
  readonly #crashed: number

  constructor(kernel: Kernel, node: number, config: ServiceConfig) {
    super(kernel, node, kernel.machine(serviceMachine), { workers: config.workers, queueCapacity: config.queueCapacity })
    this.#errorPercent = config.errorPercent
    this.#isParallel = config.callOrder === 'parallel'
    this.#sampler = createSampler(config.latency)
    this.#latencyStream = kernel.nodeStream(node, 'latency')
    this.#errorStream = kernel.nodeStream(node, 'error')
    this.#arrive = this.machine.signal('ARRIVE')
    this.#done = this.machine.signal('DONE')
    this.#startWork = this.machine.effect('startWork')
    this.#enqueue = this.machine.effect('enqueue')
    this.#hung = this.machine.states.indexOf('hung')
    this.#paused = this.machine.states.indexOf('paused')
    this.#crashed = this.machine.states.indexOf('crashed')
  }

  override onCall(call: number): void {
    this.send(this.#arrive, ARRIVE)
    const effect = this.machine.effectIds[0]
    if (effect === this.#startWork) this.#begin(call)
    else if (effect === this.#enqueue) this.#wait(call)
    else if (this.instance.state === this.#crashed) this.kernel.settle(call, Outcome.failed, Reason.crashed)
    else this.kernel.settle(call, Outcome.rejected, Reason.queueFull)
  }

  override onTimer(call: number): void {
    if (this.kernel.calls.scratchB[call] === Stage.working) this.#workDone(call)
    else this.#proceed(call)
  }

  override onReply(call: number, child: number): void {
    const { calls } = this.kernel
    const state = withWorst(calls.scratchA[call]!, calls.outcome[child]!, calls.reason[child]!)
    calls.scratchA[call] = this.#isParallel ? state - 1 : state
    if (this.instance.state === this.#paused) calls.scratchB[call] = Stage.held
    else this.#proceed(call)
  }

  override onFault(fault: FaultInput, begins: boolean): void {
    const type = FAULT_TYPES[fault.type]
    if (type === 'slow') this.#disturb({ type: begins ? 'SLOW' : 'SLOW_ENDS', factor: fault.strength })
    else if (type === 'errors') this.#disturb({ type: begins ? 'ERRORS' : 'ERRORS_END', percent: fault.strength })
    else if (!begins) this.#disturb({ type: 'RECOVER' })
    else if (type === 'hang') this.#disturb({ type: 'HANG' })
    else if (type === 'pause') this.#disturb({ type: 'PAUSE' })
    else this.#disturb({ type: 'CRASH' })
  }

  #disturb(signal: ServiceSignal): void {
    const before = this.instance.state
    this.send(this.machine.signal(signal.type), signal)
    const started = this.machine.effectCount
    const after = this.instance.state
    if (after === before) return
    if (after === this.#crashed) this.#dropAll()
    else if (after === this.#paused) this.#freeze()
    else if (before === this.#hung || before === this.#paused) this.#thaw(started)
  }

  #begin(call: number): void {
    const { calls } = this.kernel
    const { context } = this.instance
    const drawn = this.#sampler.sampleUs(this.#latencyStream)
    const workUs = context.slowFactor === 1 ? drawn : Math.round(drawn * context.slowFactor)
    if (this.instance.state === this.#hung) {
      calls.scratchB[call] = Stage.stuck
      calls.dueUs[call] = workUs
    } else {
      calls.scratchB[call] = Stage.working
      this.kernel.schedule(call, workUs)
    }
    if (calls.arrivedUs[call]! < this.kernel.nowUs) {
      const waitedUs = this.kernel.nowUs - calls.arrivedUs[call]!
      this.kernel.record(RecordKind.started, this.node, call, context.busy, waitedUs, Math.floor(waitedUs / 0x1_0000_0000))
    }
  }

  #wait(call: number): void {
    this.kernel.calls.scratchB[call] = Stage.waiting
    this.kernel.lines.push(this.node, call)
    this.kernel.record(RecordKind.queued, this.node, call, this.instance.context.queued, 0, 0)
  }

  #workDone(call: number): void {
    const { kernel } = this
    if (this.#fails()) {
      this.#finish(call, Outcome.failed, Reason.error)
      return
    }
    const type = kernel.calls.type[call]!
    const first = kernel.network.firstRoute(this.node, type)
    if (first < 0) {
      this.#finish(call, Outcome.ok, Reason.none)
      return
    }
    kernel.calls.scratchB[call] = Stage.calling
    if (this.#isParallel) {
      const routes = kernel.network.routes(this.node, type)
      kernel.calls.scratchA[call] = routes.length
      for (const edge of routes) kernel.call(edge, call)
    } else {
      kernel.calls.scratchA[call] = 1
      kernel.call(first, call)
    }
  }

  /** An answer came: call the next, answer, or go on waiting. */
  #proceed(call: number): void {
    const { calls, network } = this.kernel
    const state = calls.scratchA[call]!
    const count = state & COUNT_MASK
    const worst = (state >> 16) & 0xf
    calls.scratchB[call] = Stage.calling
    if (this.#isParallel) {
      if (count === 0) this.#finish(call, worst, state >> 20)
      return
    }
    const routes = network.routes(this.node, calls.type[call]!)
    if (worst > Outcome.fallback || count === routes.length) {
      this.#finish(call, worst, state >> 20)
      return
    }
    calls.scratchA[call] = state + 1
    this.kernel.call(routes[count]!, call)
  }

  #finish(call: number, outcome: number, reason: number): void {
    this.kernel.settle(call, outcome, reason)
    this.send(this.#done, DONE)
    if (this.machine.effectCount > 0) this.#startWaiting()
  }

  #startWaiting(): void {
    const next = this.kernel.lines.shift(this.node)
    if (next >= 0) this.#begin(next)
  }

  #fails(): boolean {
    const { faultErrorPercent } = this.instance.context
    const percent = faultErrorPercent > this.#errorPercent ? faultErrorPercent : this.#errorPercent
    return percent > 0 && this.#errorStream.nextChance(percent / 100)
  }

  /** Work under way stops where it is. */
  #freeze(): void {
    const { calls } = this.kernel
    for (const call of this.kernel.calls.at(this.node)) {
      if (calls.scratchB[call] !== Stage.working) continue
      calls.scratchB[call] = Stage.stuck
      calls.dueUs[call] = calls.dueUs[call]! - this.kernel.nowUs
      this.kernel.unschedule(call)
    }
  }

  /** Work goes on where it stopped; answers that came meanwhile are read; free workers take what waits. */
  #thaw(started: number): void {
    const { calls } = this.kernel
    for (const call of this.kernel.calls.at(this.node)) {
      if (calls.scratchB[call] === Stage.stuck) {
        calls.scratchB[call] = Stage.working
        this.kernel.schedule(call, calls.dueUs[call]!)
      } else if (calls.scratchB[call] === Stage.held) this.kernel.schedule(call, 0)
    }
    for (let count = 0; count < started; count += 1) this.#startWaiting()
  }

  /** Everything it held is lost; the callers learn at once. Answers of calls it made come too late. */
  #dropAll(): void {
    while (this.kernel.lines.shift(this.node) >= 0);
    for (const call of this.kernel.calls.at(this.node)) this.kernel.settle(call, Outcome.failed, Reason.crashed)
  }
}

/** Keeps the count, and the worse of the outcome so far and this one. */
function withWorst(state: number, outcome: number, reason: number): number {
  if (outcome <= ((state >> 16) & 0xf)) return state
  return (state & COUNT_MASK) | (outcome << 16) | (reason << 20)
}
