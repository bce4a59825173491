import { log } from '../../base/math.ts'
import type { Sfc32 } from '../../base/prng.ts'
import { msToUs, US_PER_SECOND } from '../../base/time.ts'
import { NodeRuntime, type Kernel } from '../../sim/contract.ts'
import type { FaultInput, Signal } from '../../sim/input.ts'
import { Outcome, packEnding, Reason, RecordKind } from '../../sim/record.ts'
import type { NodeSetup } from '../pattern.ts'
import { isValidSaga } from './check.ts'
import { Conductor, type Orchestrator } from './conductor.ts'
import type { SagaConfig } from './config.ts'
import { CRASH_POINTS, CrashPoint, CrashPoints, type ArmedPoint } from './faults.ts'
import { orchestratorMachine, type OrchestratorContext, type OrchestratorSignal } from './node-machine.ts'
import { End } from './notes.ts'

const SIGNAL_OF_END = { [End.completed]: 'COMPLETE', [End.compensated]: 'COMPENSATE', [End.parked]: 'PARK' } as const

/** What a keyframe stores of an orchestrator besides its counts. */
interface Memory {
  sagas: ReturnType<Conductor['save']> | undefined
  points: readonly ArmedPoint[]
  leftUs: number
  sinceUs: number
}

/**
 * Starts a saga for every call that comes in and answers it when the saga is over. Crashes, and comes back: its tick is the end of
 * a restart while it is down, the next random crash while it works. A call's `scratchA` is its saga's row.
 */
export class SagaRuntime extends NodeRuntime<OrchestratorContext, OrchestratorSignal> implements Orchestrator {
  /** Undefined when the config is wrong: then no saga starts. */
  readonly #conductor: Conductor | undefined
  readonly #points = new CrashPoints()
  readonly #crashesPerSecond: number
  readonly #restartMs: number
  readonly #crashStream: Sfc32
  /** Time of work until the next random crash, as of `#sinceUs`; work stands still while that is −1. */
  #leftUs = Infinity
  #sinceUs = -1
  #evidence = 0

  constructor(kernel: Kernel, node: number, config: SagaConfig, setup: NodeSetup) {
    super(kernel, node, kernel.machine(orchestratorMachine), undefined)
    this.#conductor = isValidSaga(config) ? new Conductor(kernel, node, config, setup, this) : undefined
    this.#crashesPerSecond = config.crashesPerSecond
    this.#restartMs = config.restartMs
    this.#crashStream = kernel.nodeStream(node, 'crash')
    this.#drawCrash()
  }

  override onCall(call: number): void {
    if (!this.#conductor) this.kernel.settle(call, Outcome.rejected, Reason.refused)
    else if (this.#isDown()) this.kernel.settle(call, Outcome.failed, Reason.crashed)
    else {
      this.#tell('START')
      this.#clock()
      this.#conductor.start(call)
    }
  }

  override onReply(call: number, child: number): void {
    const { calls, network, nowUs } = this.kernel
    if (this.#conductor?.onReply(calls.scratchA[call]!, child) === true) return
    const edge = calls.edge[child]!
    const elapsedUs = nowUs - calls.startUs[child]!
    this.kernel.record(RecordKind.late, network.from[edge]!, child, edge, packEnding(calls.outcome[child]!, calls.reason[child]!, elapsedUs), elapsedUs)
  }

  override onTimer(call: number): void {
    this.#conductor?.onTimer(this.kernel.calls.scratchA[call]!)
  }

  override onTick(): void {
    if (this.#isDown()) this.#recover()
    else {
      this.#drawCrash()
      this.#crash(CrashPoint.random, this.#restartMs)
    }
  }

  /** By hand: `{ type: 'CANCEL', saga: 7 }` rolls back the saga of request 7, 0 or no number all that are under way. */
  override onSignal(signal: Signal): void {
    if (signal.type !== 'CANCEL' || this.#isDown() || !this.#conductor) return
    const wanted = Number(Reflect.get(signal, 'saga') ?? 0)
    for (const row of this.#rows()) {
      // One of the cancelled may strike the orchestrator down.
      if (this.#isDown()) return
      const call = this.#conductor.sagas.call[row]!
      if (call >= 0 && (wanted === 0 || this.kernel.calls.request[call] === wanted)) this.#conductor.abort(row, Reason.refused)
    }
  }

  override onFault(fault: FaultInput, begins: boolean): void {
    if (CRASH_POINTS[fault.type] !== 'crash') this.#points.change(fault, begins)
    else if (begins) this.#crash(CrashPoint.plain)
    else this.#recover()
  }

  override evidence(): number {
    return this.#evidence
  }

  crashesAt(point: number, requestType: number): boolean {
    const downMs = this.#points.strike(point, requestType)
    if (downMs === undefined) return false
    this.#crash(point, downMs)
    return true
  }

  onEnd(end: number): void {
    this.#tell(SIGNAL_OF_END[end as keyof typeof SIGNAL_OF_END])
    this.#clock()
  }

  override save(): Memory {
    return { sagas: this.#conductor?.save(), points: this.#points.save(), leftUs: this.#leftUs, sinceUs: this.#sinceUs }
  }

  override restore({ sagas, points, leftUs, sinceUs }: Memory): void {
    if (sagas) this.#conductor?.restore(sagas)
    this.#points.restore(points)
    this.#leftUs = leftUs
    this.#sinceUs = sinceUs
  }

  /** @param downMs until it is back; left out: somebody else ends it. */
  #crash(evidence: number, downMs?: number): void {
    const wasUp = !this.#isDown()
    this.#evidence = evidence
    this.#tell('CRASH')
    this.#clock()
    if (wasUp) for (const row of this.#rows()) this.#conductor?.forget(row)
    if (downMs !== undefined) this.startTick(msToUs(downMs))
  }

  #recover(): void {
    this.#evidence = 0
    this.#tell('RECOVER')
    if (this.#isDown()) return
    this.#clock()
    for (const row of this.#rows()) {
      if (this.#isDown()) return
      this.#conductor?.resume(row)
    }
  }

  /** Sagas under way, in the order they came. */
  #rows(): number[] {
    const sagas = this.#conductor?.sagas
    if (!sagas) return []
    const idOf = (row: number): number => this.kernel.calls.id[sagas.call[row]!]!
    return sagas.live().toSorted((left, right) => idOf(left) - idOf(right))
  }

  /** The clock of random crashes runs while there is work, and stands still otherwise. */
  #clock(): void {
    if (this.#crashesPerSecond === 0) return
    const { nowUs } = this.kernel
    const works = !this.#isDown() && this.instance.context.inFlight > 0
    if (works && this.#sinceUs < 0) {
      this.#sinceUs = nowUs
      this.startTick(this.#leftUs)
    } else if (!works && this.#sinceUs >= 0) {
      this.#leftUs = Math.max(0, this.#leftUs - (nowUs - this.#sinceUs))
      this.#sinceUs = -1
      this.kernel.timers.cancel(this.node, 0)
    }
  }

  #drawCrash(): void {
    if (this.#crashesPerSecond === 0) return
    this.#leftUs = Math.round((-log(this.#crashStream.nextUnit()) / this.#crashesPerSecond) * US_PER_SECOND)
    if (this.#sinceUs >= 0) this.#sinceUs = this.kernel.nowUs
  }

  #isDown(): boolean {
    return this.instance.context.stops > 0
  }

  #tell(type: OrchestratorSignal['type']): void {
    this.send(this.machine.signal(type), { type })
  }
}
