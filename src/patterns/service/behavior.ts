import type { Sfc32 } from '../../base/prng.ts'
import { msToUs } from '../../base/time.ts'
import { NodeRuntime, type Kernel } from '../../sim/contract.ts'
import type { FaultInput } from '../../sim/input.ts'
import { createSampler, type Sampler } from '../../sim/distribution.ts'
import { Outcome, Reason, RecordKind } from '../../sim/record.ts'
import { Ask } from '../../sim/operation.ts'
import { Afflictions, Struck } from './afflictions.ts'
import type { ServiceConfig } from './config.ts'
import { FAULT_TYPES } from './faults.ts'
import { Operations, type OperationsState } from './operations.ts'
import { serviceMachine, type ServiceContext, type ServiceSignal } from './machine.ts'

/**
 * Where a call is inside the service: `scratchB` of its record. `stuck`: its work stands still under a hang or a pause;
 * `held`: an answer came during a pause and has not been read; `answering`: done, its reply is held back. Above these bits stands
 * what has struck the call.
 */
const Stage = { waiting: 0, working: 1, calling: 2, held: 3, stuck: 4, answering: 5 } as const
const STAGE_BITS = 3
const STAGE_MASK = 7
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
  /** By request type; undefined where the rest's holds. */
  readonly #perType: readonly ({ sampler: Sampler; errorPercent: number } | undefined)[]
  readonly #afflictions = new Afflictions()
  readonly #operations = new Operations()
  readonly #latencyStream: Sfc32
  readonly #errorStream: Sfc32
  readonly #arrive: number
  readonly #done: number
  readonly #startWork: number
  readonly #enqueue: number
  readonly #hung: number
  readonly #paused: number
  readonly #crashed: number

  constructor(kernel: Kernel, node: number, config: ServiceConfig, requestTypes: readonly string[]) {
    super(kernel, node, kernel.machine(serviceMachine), { workers: config.workers, queueCapacity: config.queueCapacity })
    this.#errorPercent = config.errorPercent
    this.#isParallel = config.callOrder === 'parallel'
    this.#sampler = createSampler(config.latency)
    this.#perType = requestTypes.map((name) => {
      const own = config.perType.find(({ type }) => type === name)
      return own && { sampler: createSampler(own.latency), errorPercent: own.errorPercent }
    })
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

  override save(): { afflictions: ReturnType<Afflictions['save']>; operations: OperationsState } {
    return { afflictions: this.#afflictions.save(), operations: this.#operations.save() }
  }

  override restore(state: ReturnType<ServiceRuntime['save']>): void {
    this.#afflictions.restore(state.afflictions)
    this.#operations.restore(state.operations)
  }

  override onCall(call: number): void {
    this.kernel.calls.scratchB[call] = Stage.waiting
    if (!this.#afflictions.isEmpty && this.#isLost(call)) return
    this.send(this.#arrive, ARRIVE)
    const effect = this.machine.effectIds[0]
    if (effect === this.#startWork) this.#begin(call)
    else if (effect === this.#enqueue) this.#wait(call)
    else if (this.instance.state === this.#crashed) this.kernel.settle(call, Outcome.failed, Reason.crashed)
    else this.kernel.settle(call, Outcome.rejected, Reason.queueFull)
  }

  override onTimer(call: number): void {
    const stage = this.#stage(call)
    if (stage === Stage.working) this.#workDone(call)
    else if (stage === Stage.answering) this.#answer(call, this.kernel.calls.scratchA[call]! & 0xf, this.kernel.calls.scratchA[call]! >> 4)
    else this.#proceed(call)
  }

  override onReply(call: number, child: number): void {
    const { calls } = this.kernel
    const state = withWorst(calls.scratchA[call]!, calls.outcome[child]!, calls.reason[child]!)
    calls.scratchA[call] = this.#isParallel ? state - 1 : state
    if (this.instance.state === this.#paused) this.#setStage(call, Stage.held)
    else this.#proceed(call)
  }

  override onFault(fault: FaultInput, begins: boolean): void {
    const type = FAULT_TYPES[fault.type]
    if (Afflictions.concerns(fault)) this.#afflictions.change(fault, begins)
    else if (type === 'slow') this.#disturb({ type: begins ? 'SLOW' : 'SLOW_ENDS', factor: fault.strength })
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
    const drawn = (this.#perType[calls.type[call]!]?.sampler ?? this.#sampler).sampleUs(this.#latencyStream)
    const lateUs = this.#afflictions.isEmpty ? 0 : this.#afflict(call)
    const workUs = (context.slowFactor === 1 ? drawn : Math.round(drawn * context.slowFactor)) + lateUs
    if (this.instance.state === this.#hung) {
      this.#setStage(call, Stage.stuck)
      calls.dueUs[call] = workUs
    } else {
      this.#setStage(call, Stage.working)
      this.kernel.schedule(call, workUs)
    }
    if (calls.arrivedUs[call]! < this.kernel.nowUs) {
      const waitedUs = this.kernel.nowUs - calls.arrivedUs[call]!
      this.kernel.record(RecordKind.started, this.node, call, context.busy, waitedUs, Math.floor(waitedUs / 0x1_0000_0000))
    }
  }

  #wait(call: number): void {
    this.kernel.lines.push(this.node, call)
    this.kernel.record(RecordKind.queued, this.node, call, this.instance.context.queued, 0, 0)
  }

  #workDone(call: number): void {
    const { kernel } = this
    const struck = kernel.calls.scratchB[call]! >> STAGE_BITS
    if ((struck & Struck.declined) !== 0) return this.#finish(call, Outcome.rejected, Reason.declined)
    if (this.#fails(call) || (struck & Struck.failed) !== 0) return this.#finish(call, Outcome.failed, Reason.error)
    const type = kernel.calls.type[call]!
    const first = kernel.network.firstRoute(this.node, type)
    if (first < 0) return this.#finish(call, Outcome.ok, Reason.none)
    this.#setStage(call, Stage.calling)
    if (this.#isParallel) {
      const routes = kernel.network.routes(this.node, type)
      kernel.calls.scratchA[call] = routes.length
      for (const edge of routes) this.#callOn(edge, call)
    } else {
      kernel.calls.scratchA[call] = 1
      this.#callOn(first, call)
    }
  }

  /** An answer came: call the next, answer, or go on waiting. */
  #proceed(call: number): void {
    const { calls, network } = this.kernel
    const state = calls.scratchA[call]!
    const count = state & COUNT_MASK
    const worst = (state >> 16) & 0xf
    this.#setStage(call, Stage.calling)
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
    this.#callOn(routes[count]!, call)
  }

  /** An operation is this service's, not that of everybody it needs for it. */
  #callOn(edge: number, call: number): void {
    const { ask, type, subject } = this.kernel.calls
    if ((ask[call]! & Ask.operation) === 0) this.kernel.call(edge, call)
    else this.kernel.callAs(edge, call, type[call]!, subject[call]!, ask[call]! | Ask.within)
  }

  /** The work is over. What it did is done now, whatever becomes of the reply. */
  #finish(call: number, outcome: number, reason: number): void {
    const { calls } = this.kernel
    if (outcome === Outcome.ok && (calls.ask[call]! & Ask.status) !== 0) calls.result[call] = this.#operations.has(calls.subject[call]!) ? 1 : 2
    else if (outcome === Outcome.ok && (calls.ask[call]! & (Ask.operation | Ask.within)) === Ask.operation) {
      const operation = calls.subject[call]!
      this.kernel.record(RecordKind.effect, this.node, call, calls.type[call]!, operation, this.#operations.apply(operation, calls.ask[call]!))
    }
    const lateMs = calls.scratchB[call]! >> (STAGE_BITS + Struck.lateMsShift)
    if (lateMs > 0) {
      this.#setStage(call, Stage.answering)
      calls.scratchA[call] = outcome | (reason << 4)
      this.kernel.schedule(call, msToUs(lateMs))
    } else this.#answer(call, outcome, reason)
  }

  #answer(call: number, outcome: number, reason: number): void {
    const isLost = ((this.kernel.calls.scratchB[call]! >> STAGE_BITS) & Struck.replyLost) !== 0
    if (isLost) this.kernel.lose(call, 1)
    else this.kernel.settle(call, outcome, reason)
    this.send(this.#done, DONE)
    if (this.machine.effectCount > 0) this.#startWaiting()
  }

  #stage(call: number): number {
    return this.kernel.calls.scratchB[call]! & STAGE_MASK
  }

  #setStage(call: number, stage: number): void {
    const { scratchB } = this.kernel.calls
    scratchB[call] = (scratchB[call]! & ~STAGE_MASK) | stage
  }

  /** A call comes in under faults that strike single calls: it may never have come, or come twice. */
  #isLost(call: number): boolean {
    const { calls } = this.kernel
    const type = calls.type[call]!
    if (this.#afflictions.strike('lose-calls', type) !== undefined) {
      this.kernel.lose(call, 0)
      return true
    }
    if (calls.parent[call]! >= 0 && this.#afflictions.strike('duplicate', type) !== undefined) this.kernel.duplicate(call)
    return false
  }

  /** Work on a call begins under such faults: marks what strikes it, and gives the time by which it is late. */
  #afflict(call: number): number {
    const { calls } = this.kernel
    const type = calls.type[call]!
    calls.scratchB[call] = calls.scratchB[call]! | (this.#afflictions.marksFor(type) << STAGE_BITS)
    return msToUs(this.#afflictions.strike('delay', type) ?? 0)
  }

  #startWaiting(): void {
    const next = this.kernel.lines.shift(this.node)
    if (next >= 0) this.#begin(next)
  }

  #fails(call: number): boolean {
    const { faultErrorPercent } = this.instance.context
    const own = this.#perType[this.kernel.calls.type[call]!]?.errorPercent ?? this.#errorPercent
    const percent = faultErrorPercent > own ? faultErrorPercent : own
    return percent > 0 && this.#errorStream.nextChance(percent / 100)
  }

  /** Work under way stops where it is. */
  #freeze(): void {
    const { calls } = this.kernel
    for (const call of this.kernel.calls.at(this.node)) {
      if (this.#stage(call) !== Stage.working) continue
      this.#setStage(call, Stage.stuck)
      calls.dueUs[call] = calls.dueUs[call]! - this.kernel.nowUs
      this.kernel.unschedule(call)
    }
  }

  /** Work goes on where it stopped; answers that came meanwhile are read; free workers take what waits. */
  #thaw(started: number): void {
    const { calls } = this.kernel
    for (const call of this.kernel.calls.at(this.node)) {
      const stage = this.#stage(call)
      if (stage === Stage.stuck) {
        this.#setStage(call, Stage.working)
        this.kernel.schedule(call, calls.dueUs[call]!)
      } else if (stage === Stage.held) this.kernel.schedule(call, 0)
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
