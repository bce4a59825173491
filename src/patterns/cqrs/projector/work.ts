import type { Sfc32 } from '../../../base/prng.ts'
import { msToUs } from '../../../base/time.ts'
import { NodeRuntime, type Kernel } from '../../../sim/contract.ts'
import { createSampler, type Sampler } from '../../../sim/distribution.ts'
import { Outcome, Reason, RecordKind } from '../../../sim/record.ts'
import { Note, packNote } from '../notes.ts'
import { Apply, EventBody, IDEMPOTENCY, OWN_TYPES } from '../protocol.ts'
import { Strikes, type Strike } from '../strikes.ts'
import { Arrivals, type ArrivalsState } from './arrivals.ts'
import { addBatch } from './batch.ts'
import { checkpointOf, type ProjectorConfig } from './config.ts'
import { projectorFaults } from './faults.ts'
import { projectorMachine, type ProjectorContext, type ProjectorSignal } from './machine.ts'
import { Stage, type Work } from './work-state.ts'

/** Over an edge that loses things a write is tried again after this time. */
const APPLY_TIMEOUT_US = msToUs(1_000)

/** What a keyframe stores of {@link ProjectionWork}. */
export interface WorkState extends Work {
  arrivals: ArrivalsState
  strikes: readonly Strike[]
}

/** The work of a projector: takes batches of events, handles them one after another, writes the view, stores the checkpoint. */
export abstract class ProjectionWork extends NodeRuntime<ProjectorContext, ProjectorSignal> {
  protected readonly config: ProjectorConfig
  protected readonly strikes = new Strikes(projectorFaults)
  protected readonly arrivals: Arrivals
  protected readonly types: { subscribe: number; deliver: number; apply: number }
  protected readonly viewEdge: number
  readonly #latency: Sampler
  readonly #latencyStream: Sfc32
  readonly #pollUs: number
  protected readonly checkpoint: ProjectorConfig['checkpoint']
  readonly #applyAsk: number
  readonly #effects: readonly (() => void)[]
  readonly #begin = { type: 'BEGIN' as const, count: 0 }
  readonly #done = { type: 'DONE' as const, checkpoint: 0 }
  readonly #codes: { begin: number; done: number }
  protected readonly work: Work = {
    worker: -1, stage: Stage.idle, batch: [], at: 0, toApply: [], remainingUs: 0, handlingUs: 0, busyUs: 0,
    isCheckpointLost: false, mustClear: false, poisoned: [], parkedKeys: [],
  }

  constructor(kernel: Kernel, node: number, config: ProjectorConfig, requestTypes: readonly string[]) {
    super(kernel, node, kernel.machine(projectorMachine), { onError: config.onError, maximumRetries: config.maximumRetries })
    this.config = config
    this.checkpoint = checkpointOf(config)
    this.arrivals = new Arrivals(config.gapHandling)
    const type = (name: string): number => requestTypes.indexOf(name)
    this.types = { subscribe: type(OWN_TYPES.subscribe.name), deliver: type(OWN_TYPES.deliver.name), apply: type(OWN_TYPES.apply.name) }
    this.viewEdge = kernel.network.firstRoute(node, this.types.apply)
    this.#latency = createSampler(config.handlerLatency)
    this.#latencyStream = kernel.nodeStream(node, 'latency')
    this.#pollUs = config.lifecycle === 'async' ? msToUs(config.pollIntervalMs) : 0
    this.#applyAsk = IDEMPOTENCY.indexOf(config.idempotency)
    const effects: Readonly<Record<string, () => void>> = {
      next: () => this.next(),
      again: () => this.handle(),
      retryLater: () => this.kernel.schedule(this.worker, msToUs(this.config.retryBackoffMs)),
      skip: () => this.#setAside(Note.skipped, 0),
      park: () => this.#setAside(Note.parked, 0),
      parkSequence: () => this.#parkSequence(),
    }
    this.#effects = this.machine.effects.map((name) => effects[name] ?? (() => this.recovery[name]?.()))
    this.#codes = { begin: this.machine.signal('BEGIN'), done: this.machine.signal('DONE') }
  }

  override onStart(): void {
    this.work.worker = this.kernel.createAgent(this.node)
  }

  override save(): WorkState {
    const { batch, toApply } = this.work
    return { ...this.work, batch: batch.slice(), toApply: toApply.slice(), arrivals: this.arrivals.save(), strikes: this.strikes.save() }
  }

  override restore({ arrivals, strikes, ...work }: WorkState): void {
    Object.assign(this.work, work, { batch: work.batch.slice(), toApply: work.toApply.slice() })
    this.arrivals.restore(arrivals)
    this.strikes.restore(strikes)
  }

  /** An answer of the read model. */
  override onReply(agent: number, child: number): void {
    const { calls } = this.kernel
    if (agent !== this.work.worker) return
    const isDone = calls.outcome[child]! <= Outcome.fallback
    const { stage } = this.work
    if (stage === Stage.applying) {
      if (isDone) this.#applied()
      else this.later(Stage.unapplied, msToUs(this.config.retryBackoffMs))
    } else if (!isDone) this.kernel.schedule(this.work.worker, msToUs(this.config.retryBackoffMs))
    else this.onAnswer(calls.result[child]!)
  }

  /** The read model told its checkpoint, or that it is empty. */
  protected abstract onAnswer(result: number): void
  protected abstract ask(): void
  /** Whether a fault makes it crash at this point; then it has. */
  protected abstract crashesAt(point: string): boolean
  protected abstract readonly recovery: Readonly<Record<string, () => void>>

  protected get worker(): number {
    return this.work.worker
  }

  protected get isDown(): boolean {
    const name = this.machine.states[this.instance.state]
    return name === 'crashed' || name === 'starting'
  }

  protected poison(position: number): void {
    this.work.poisoned = [...this.work.poisoned, position]
  }

  /** The handler is mended: nothing fails any more. */
  protected mend(): void {
    this.work.poisoned = []
  }

  protected tell(signal: ProjectorSignal): void {
    this.tellCode(this.machine.signal(signal.type), signal)
  }

  /** Sends a signal and does what the machine asks for. */
  protected tellCode(code: number, signal: ProjectorSignal): void {
    this.send(code, signal)
    const { effectCount, effectIds } = this.machine
    if (effectCount === 1) this.#effects[effectIds[0]!]!()
    else if (effectCount > 1) for (const effect of effectIds.slice(0, effectCount)) this.#effects[effect]!()
  }

  protected noteOf(call: number, code: number, b: number, c = 0): void {
    this.kernel.record(RecordKind.note, this.node, call, packNote(code), b, c)
  }

  protected onWorkTimer(): void {
    const { stage } = this.work
    if (stage === Stage.polling) this.#take()
    else if (stage === Stage.handling) {
      if (this.#handled()) this.handle()
    } else if (stage === Stage.failed) this.tell({ type: 'RETRY' })
    else if (stage === Stage.applying || stage === Stage.unapplied) this.apply()
    else if (stage === Stage.settling) this.#applied()
    else this.ask()
  }

  protected later(stage: number, us: number): void {
    this.work.stage = stage
    this.kernel.schedule(this.work.worker, us)
  }

  protected next(): void {
    if (this.#pollUs === 0) this.#take()
    else this.later(Stage.polling, this.#pollUs - (this.kernel.nowUs % this.#pollUs))
  }

  #take(): void {
    const { kernel } = this
    const work = this.work
    const size = this.config.lifecycle === 'async' ? this.config.batchSize : 1
    const count = Math.min(size, kernel.lines.length(this.node))
    work.stage = Stage.idle
    if (count === 0) return
    this.#begin.count = count
    this.tellCode(this.#codes.begin, this.#begin)
    work.batch.length = 0
    work.toApply.length = 0
    work.at = 0
    for (let taken = 0; taken < count; taken += 1) work.batch.push(kernel.lines.shift(this.node))
    if (this.checkpoint === 'before') {
      if (this.crashesAt('crash-before-checkpoint')) return
      this.#storeCheckpoint()
      if (this.crashesAt('crash-after-checkpoint')) return
    }
    this.handle()
  }

  /** Goes on with the batch. */
  protected handle(): void {
    const work = this.work
    while (work.at < work.batch.length) {
      const call = work.batch[work.at]!
      if (work.parkedKeys.length > 0 && work.parkedKeys.includes(this.#body(call, EventBody.key))) {
        this.noteOf(call, Note.parked, this.#position(call), 1)
        work.at += 1
        this.tell({ type: 'PARKED' })
        continue
      }
      if (this.crashesAt('crash-before-handling')) return
      work.handlingUs = this.#drawHandlingUs()
      if (work.handlingUs > 0) return this.later(Stage.handling, work.handlingUs)
      if (!this.#handled()) return
    }
    this.apply()
  }

  #drawHandlingUs(): number {
    if (this.config.lifecycle === 'live') return 0
    const { slowFactor, rebuildTo } = this.instance.context
    const us = this.#latency.sampleUs(this.#latencyStream) * slowFactor
    return Math.round(rebuildTo > 0 ? us / this.config.rebuildSpeedup : us)
  }

  /** The handler has come to its end; true when its event goes into the view. */
  #handled(): boolean {
    const work = this.work
    const call = work.batch[work.at]!
    work.busyUs += work.handlingUs
    if (work.poisoned.length > 0 && work.poisoned.includes(this.#position(call))) {
      this.noteOf(call, Note.failed, this.#position(call), this.instance.context.retries + 1)
      work.stage = Stage.failed
      this.tell({ type: 'FAIL' })
      return false
    }
    if (this.crashesAt('crash-after-handling')) return false
    work.toApply.push(this.kernel.calls.subject[call]!)
    work.at += 1
    return true
  }

  #setAside(code: number, why: number): void {
    const call = this.work.batch[this.work.at]!
    this.noteOf(call, code, this.#position(call), why)
    this.work.at += 1
    this.handle()
  }

  #parkSequence(): void {
    const key = this.#body(this.work.batch[this.work.at]!, EventBody.key)
    this.work.parkedKeys = [...this.work.parkedKeys, key]
    this.#setAside(Note.parked, 0)
  }

  /** Writes the view: all of the batch or nothing. */
  protected apply(): void {
    const { kernel } = this
    const work = this.work
    const isAtomic = this.checkpoint === 'atomic'
    if (isAtomic && this.crashesAt('crash-before-checkpoint')) return
    if (work.toApply.length === 0 && !isAtomic) return this.later(Stage.settling, 0)
    work.stage = Stage.applying
    const first = work.batch[0]!
    kernel.calls.request[work.worker] = kernel.calls.request[first]!
    kernel.calls.id[work.worker] = kernel.calls.id[first]!
    const isSingle = work.batch.length === 1 && work.toApply.length === 1
    const subject = isSingle ? work.toApply[0]! : addBatch(kernel.bodies, work.toApply, this.#reached())
    const foldUs = this.config.lifecycle === 'live' ? Math.min(Apply.foldMax, this.#latency.sampleUs(this.#latencyStream)) : 0
    kernel.callAs(this.viewEdge, work.worker, this.types.apply, subject, this.#applyAsk | (isSingle ? 0 : Apply.isBatch) | (foldUs << Apply.foldShift))
    if (kernel.network.isReliable[this.viewEdge] === 0) kernel.schedule(work.worker, APPLY_TIMEOUT_US)
  }

  #applied(): void {
    const { kernel } = this
    const work = this.work
    kernel.unschedule(work.worker)
    if (this.checkpoint === 'after' && this.crashesAt('crash-before-checkpoint')) return
    if (this.checkpoint !== 'before') {
      this.#storeCheckpoint()
      // Within the append that is the commit: no crash takes it back.
      if (this.config.lifecycle === 'inline') this.#answer()
      if (this.crashesAt('crash-after-checkpoint')) return
    }
    work.stage = Stage.idle
    if (this.config.lifecycle !== 'inline') this.#answer()
    this.#done.checkpoint = this.#reached()
    work.batch.length = 0
    this.tellCode(this.#codes.done, this.#done)
  }

  #answer(): void {
    for (const call of this.work.batch) this.kernel.settle(call, Outcome.ok, Reason.none)
  }

  #storeCheckpoint(): void {
    const checkpoint = this.#reached()
    this.noteOf(this.work.batch[0]!, Note.checkpoint, checkpoint, this.work.busyUs)
    this.work.busyUs = 0
    // DONE says so too; a crash may come before that.
    if (this.checkpoint === 'before' || !this.strikes.isEmpty) this.tell({ type: 'CHECKPOINT', checkpoint })
  }

  /** The position that this batch brings the view to. */
  #reached(): number {
    let reached = this.instance.context.checkpoint
    for (const call of this.work.batch) reached = Math.max(reached, this.#position(call))
    return reached
  }

  #position(call: number): number {
    return this.#body(call, EventBody.position)
  }

  #body(call: number, column: 0 | 1 | 2 | 3 | 4 | 5): number {
    return this.kernel.bodies.get(this.kernel.calls.subject[call]!, column)
  }
}
