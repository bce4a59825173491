import type { Kernel } from '../../../sim/contract.ts'
import type { FaultInput } from '../../../sim/input.ts'
import { Outcome, Reason } from '../../../sim/record.ts'
import { msToUs } from '../../../base/time.ts'
import { Note } from '../notes.ts'
import { CALL_INLINE, EventBody } from '../protocol.ts'
import type { ProjectorConfig } from './config.ts'
import { projectorFaults } from './faults.ts'
import type { ProjectorSignal } from './machine.ts'
import { Recovery } from './recovery.ts'
import type { WorkState } from './work.ts'

const ARRIVE: ProjectorSignal = { type: 'ARRIVE' }
const BY_HAND = new Set(['REBUILD', 'PAUSE', 'RESUME', 'SKIP', 'RETRY'])

interface ProjectorState extends WorkState {
  control: number
  wantFrom: number
  isToldInline: boolean
  gapTimer: number
  restarts: number
}

/**
 * Takes events in, and says to the log where it wants to go on reading: it holds the log's `subscribe` call for as long as it is
 * content, and answers it after a crash and for a rebuild. Without one it takes no events: what comes was sent before.
 */
export class ProjectorRuntime extends Recovery {
  /** The log's subscription; −1: none. */
  #control = -1
  /** Where to go on reading once the log subscribes; 0: wherever it is. */
  #wantFrom = 0
  #isToldInline = false
  #gapTimer = -1
  #restarts = -1
  readonly #arrive: number

  constructor(kernel: Kernel, node: number, config: ProjectorConfig, requestTypes: readonly string[]) {
    super(kernel, node, config, requestTypes)
    this.#arrive = this.machine.signal('ARRIVE')
  }

  override onStart(): void {
    super.onStart()
    this.#gapTimer = this.kernel.createAgent(this.node)
    this.#restarts = this.kernel.createAgent(this.node)
  }

  override save(): ProjectorState {
    return { ...super.save(), control: this.#control, wantFrom: this.#wantFrom, isToldInline: this.#isToldInline, gapTimer: this.#gapTimer, restarts: this.#restarts }
  }

  override restore(state: ProjectorState): void {
    super.restore(state)
    this.#control = state.control
    this.#wantFrom = state.wantFrom
    this.#isToldInline = state.isToldInline
    this.#gapTimer = state.gapTimer
    this.#restarts = state.restarts
  }

  override onCall(call: number): void {
    const { calls } = this.kernel
    if (this.viewEdge < 0) return this.kernel.refuseUnrouted(call)
    if (calls.type[call] === this.types.subscribe) return this.#onSubscribe(call)
    if (calls.type[call] !== this.types.deliver) return this.kernel.settle(call, Outcome.rejected, Reason.refused)
    return this.#onDelivery(call)
  }

  override onTimer(call: number): void {
    if (call === this.work.worker) this.onWorkTimer()
    else if (call === this.#gapTimer) this.#giveUpGaps()
    else if (call === this.#restarts) this.tell({ type: 'RECOVER' })
    else this.#take(call)
  }

  override onFault(fault: FaultInput, begins: boolean): void {
    const { type } = projectorFaults[fault.type]!
    if (type === 'stop') this.tell({ type: begins ? 'STOP' : 'STOP_ENDS' })
    else if (type === 'slow') this.tell({ type: begins ? 'SLOW' : 'SLOW_ENDS', factor: fault.strength })
    else if (type === 'crash') this.tell({ type: begins ? 'CRASH' : 'RECOVER' })
    else if (type === 'checkpoint-loss') {
      if (begins) this.loseCheckpoint()
    } else if (begins) this.strikes.begin(fault)
    else {
      this.strikes.end(fault)
      if (type === 'poison') this.mend()
    }
  }

  /** By hand; signals that only the projector itself may send are passed over. */
  override onSignal(signal: ProjectorSignal): void {
    if (BY_HAND.has(signal.type)) this.tell(signal.type === 'REBUILD' ? { type: 'REBUILD', to: this.arrivals.highest } : { type: signal.type as 'RETRY' })
  }

  protected override crashFor(ms: number): void {
    this.tell({ type: 'CRASH' })
    this.kernel.schedule(this.#restarts, msToUs(ms))
  }

  protected override resumeFrom(position: number): void {
    const { calls } = this.kernel
    if (this.#control < 0) {
      this.#wantFrom = position
      return
    }
    calls.result[this.#control] = position
    const control = this.#control
    this.#control = -1
    this.kernel.settle(control, Outcome.ok, Reason.none)
  }

  /** All it holds is lost; the callers learn at once. */
  protected override dropCalls(): void {
    const { calls } = this.kernel
    this.arrivals.drop()
    while (this.kernel.lines.shift(this.node) >= 0);
    for (const call of calls.at(this.node)) {
      if (call !== this.#control && !this.kernel.isAgent(call)) this.kernel.settle(call, Outcome.failed, Reason.crashed)
    }
  }

  #onSubscribe(call: number): void {
    const { calls } = this.kernel
    if (this.#control >= 0) {
      // Somebody else's log: a projection reads one.
      if (calls.isAwaited(this.#control)) return this.kernel.settle(call, Outcome.rejected, Reason.refused)
      this.kernel.settle(this.#control, Outcome.ok, Reason.none)
    }
    this.#control = call
    if (this.config.lifecycle === 'inline' && !this.#isToldInline) {
      this.#isToldInline = true
      return this.resumeFrom(CALL_INLINE)
    }
    if (this.#wantFrom > 0) {
      const position = this.#wantFrom
      this.#wantFrom = 0
      this.resumeFrom(position)
    }
    return undefined
  }

  #onDelivery(call: number): void {
    const { calls } = this.kernel
    const type = calls.type[call]!
    if (this.#control < 0 || this.isDown) return this.kernel.settle(call, Outcome.failed, Reason.crashed)
    if (this.strikes.isEmpty) return this.#take(call)
    if (this.strikes.hit('drop', type) !== undefined) {
      this.noteOf(call, Note.dropped, calls.ask[call]! >>> 1)
      return this.kernel.lose(call, 0)
    }
    if (calls.parent[call]! >= 0 && this.strikes.hit('duplicate', type) !== undefined) this.kernel.duplicate(call)
    if (this.strikes.hit('poison', type) !== undefined) this.poison(calls.ask[call]! >>> 1)
    const lateMs = this.strikes.hit('reorder', type)
    if (lateMs === undefined) return this.#take(call)
    return this.kernel.schedule(call, msToUs(lateMs))
  }

  /** In what order events are handled is decided here. */
  #take(call: number): void {
    const { calls, bodies, nowUs } = this.kernel
    const position = bodies.get(calls.subject[call]!, EventBody.position)
    if (this.config.lifecycle === 'inline') {
      this.arrivals.highest = Math.max(this.arrivals.highest, position)
      return this.#enqueue(call)
    }
    const verdict = this.arrivals.arrive(position, call, (calls.ask[call]! & 1) === 1, nowUs)
    if (this.arrivals.gapFrom > 0) this.#onGap(call, position)
    if (verdict === 'passed over') {
      this.noteOf(call, Note.passedOver, position)
      return this.kernel.settle(call, Outcome.ok, Reason.none)
    }
    if (verdict === 'handle') this.#enqueue(call)
    return this.#release()
  }

  #enqueue(call: number): void {
    this.kernel.lines.push(this.node, call)
    this.tellCode(this.#arrive, ARRIVE)
  }

  #release(): void {
    for (let call = this.arrivals.release(); call >= 0; call = this.arrivals.release()) this.#enqueue(call)
  }

  #onGap(call: number, position: number): void {
    this.noteOf(call, Note.gap, this.arrivals.gapFrom, position - 1)
    if (this.config.gapHandling === 'wait-then-skip') this.#waitForGaps()
  }

  #waitForGaps(): void {
    const sinceUs = this.arrivals.waitingSinceUs
    if (Number.isFinite(sinceUs)) this.kernel.schedule(this.#gapTimer, Math.max(0, sinceUs + msToUs(this.config.gapTimeoutMs) - this.kernel.nowUs))
  }

  #giveUpGaps(): void {
    const given = this.arrivals.giveUp(this.kernel.nowUs - msToUs(this.config.gapTimeoutMs))
    const [first] = given
    if (first !== undefined) this.noteOf(this.#gapTimer, Note.gapSkipped, first, given[given.length - 1])
    this.#release()
    this.#waitForGaps()
  }
}
