import type { Sfc32 } from '../../../base/prng.ts'
import { hashText } from '../../../base/prng.ts'
import { NodeRuntime, type Kernel } from '../../../sim/contract.ts'
import { createSampler, type Sampler } from '../../../sim/distribution.ts'
import { Outcome, Reason, RecordKind } from '../../../sim/record.ts'
import { Note, packNote } from '../notes.ts'
import { Apply, BatchBody, EventBody, OWN_TYPES, View } from '../protocol.ts'
import type { ReadModelConfig } from './config.ts'
import { readModelMachine, type ReadModelContext, type ReadModelSignal } from './machine.ts'
import { Rows, type RowsState } from './rows.ts'

const PRIMARY = -1
/** In a view's `scratchB`. */
const Stage = { reading: 0, waiting: 1 } as const

/** Writes what a projector tells it, row by row, and answers reads from one of its copies. A view's `scratchA` is the copy it reads. */
export class ReadModelRuntime extends NodeRuntime<ReadModelContext, ReadModelSignal> {
  readonly #config: ReadModelConfig
  readonly #latency: Sampler
  readonly #lag: Sampler
  readonly #latencyStream: Sfc32
  readonly #lagStream: Sfc32
  readonly #routeStream: Sfc32
  readonly #rows: Rows
  readonly #copies: number
  readonly #types: { apply: number; view: number }
  readonly #codes: { write: number; read: number }
  #checkpoint = 0
  /** Views that wait for their version, oldest first. */
  #waiting: number[] = []

  constructor(kernel: Kernel, node: number, config: ReadModelConfig, requestTypes: readonly string[]) {
    super(kernel, node, kernel.machine(readModelMachine), undefined)
    this.#config = config
    this.#copies = config.replicas - 1
    this.#latency = createSampler(config.queryLatency)
    this.#lag = createSampler(config.replicaLag)
    this.#latencyStream = kernel.nodeStream(node, 'latency')
    this.#lagStream = kernel.nodeStream(node, 'lag')
    this.#routeStream = kernel.nodeStream(node, 'route')
    this.#rows = new Rows(this.#copies)
    this.#types = { apply: requestTypes.indexOf(OWN_TYPES.apply.name), view: requestTypes.indexOf(OWN_TYPES.view.name) }
    this.#codes = { write: this.machine.signal('WRITE'), read: this.machine.signal('READ') }
  }

  override save(): { rows: RowsState; checkpoint: number; waiting: readonly number[] } {
    return { rows: this.#rows.save(), checkpoint: this.#checkpoint, waiting: this.#waiting.slice() }
  }

  override restore(state: ReturnType<ReadModelRuntime['save']>): void {
    this.#rows.restore(state.rows)
    this.#checkpoint = state.checkpoint
    this.#waiting = state.waiting.slice()
  }

  override onCall(call: number): void {
    const { calls } = this.kernel
    const type = calls.type[call]!
    if (type === this.#types.apply) return this.#apply(call)
    if (type !== this.#types.view || calls.subject[call]! <= 0) return this.kernel.settle(call, Outcome.rejected, Reason.refused)
    calls.scratchA[call] = this.#route(call)
    calls.scratchB[call] = Stage.reading
    const us = this.#latency.sampleUs(this.#latencyStream) + this.#rows.foldUs(calls.subject[call]! - 1)
    if (us > 0) return this.kernel.schedule(call, us)
    return this.#read(call)
  }

  override onTimer(call: number): void {
    this.#read(call)
  }

  /** A change reaches a copy that somebody waits at. */
  override onTick(): void {
    this.#wake()
  }

  #route(call: number): number {
    const { calls } = this.kernel
    const { routing } = this.#config
    if (this.#copies === 0 || routing === 'primary') return PRIMARY
    const isSticky = routing === 'sticky' || (calls.ask[call]! & View.sticky) !== 0
    if (isSticky) return ((hashText(String(calls.session[call]!)) >>> 0) % (this.#copies + 1)) - 1
    return Math.floor(this.#routeStream.nextUnit() * (this.#copies + 1)) - 1
  }

  #apply(call: number): void {
    const { calls, bodies } = this.kernel
    const subject = calls.subject[call]!
    const ask = calls.ask[call]!
    if (subject === Apply.clear) {
      this.#rows.clear()
      this.#checkpoint = 0
      this.#send('CLEAR')
    } else if (subject > 0) {
      if ((ask & Apply.isBatch) === 0) this.#applyEvent(call, subject, ask)
      else for (let body = subject; body > 0; body = bodies.get(body, BatchBody.rest)) this.#applyEvent(call, bodies.get(body, BatchBody.event), ask)
      const reached = bodies.get(subject, (ask & Apply.isBatch) === 0 ? EventBody.position : BatchBody.checkpoint)
      this.#checkpoint = Math.max(this.#checkpoint, reached)
      if (this.#waiting.length > 0) this.#wake()
    }
    calls.result[call] = this.#checkpoint
    this.kernel.settle(call, Outcome.ok, Reason.none)
  }

  #applyEvent(call: number, event: number, ask: number): void {
    if (event === 0) return
    const { bodies, nowUs } = this.kernel
    const rows = this.#rows
    const key = bodies.get(event, EventBody.key)
    const version = bodies.get(event, EventBody.version)
    const position = bodies.get(event, EventBody.position)
    const idempotency = ask & Apply.idempotencyMask
    const isKnown = idempotency === 1 ? version <= rows.version(key) : idempotency === 2 && rows.hasPosition(position)
    if (isKnown) {
      this.kernel.record(RecordKind.note, this.node, call, packNote(Note.suppressed), position, 0)
      return
    }
    const value = rows.value(key) + bodies.get(event, EventBody.amount)
    // Positions and versions may run crosswise: a row has got as far as the highest version in it.
    rows.write(key, value, Math.max(version, rows.version(key)), rows.foldUs(key) + (ask >>> Apply.foldShift), position)
    for (let copy = 0; copy < this.#copies; copy += 1) rows.replicate(copy, nowUs + this.#lag.sampleUs(this.#lagStream))
    this.send(this.#codes.write, WRITE)
    this.kernel.record(RecordKind.note, this.node, call, packNote(Note.applied), position, value)
  }

  /** The row as it is now; or, if asked to, later. */
  #read(call: number): void {
    const { calls, bodies } = this.kernel
    const ask = calls.ask[call]!
    const token = ask >>> View.tokenShift
    const wanted = token === 0 ? 0 : bodies.get(token, EventBody.version)
    const version = this.#versionFor(call)
    if ((ask & View.wait) !== 0 && version < wanted) {
      calls.scratchB[call] = Stage.waiting
      this.#waiting.push(call)
      this.#send('WAIT')
      this.#wakeLater()
      return
    }
    this.#serve(call, (ask & View.orToken) === 0 ? version : Math.max(version, wanted))
  }

  #serve(call: number, version: number): void {
    const { calls } = this.kernel
    this.send(this.#codes.read, READ)
    // Nobody reads what comes after they have gone.
    if (calls.isAwaited(call)) {
      this.kernel.record(RecordKind.note, this.node, call, packNote(Note.served, calls.subject[call]! - 1, calls.ask[call]! >>> View.tokenShift > 0 ? 1 : 0), calls.session[call]!, version)
    }
    calls.result[call] = version
    this.kernel.settle(call, Outcome.ok, Reason.none)
  }

  #versionFor(call: number): number {
    const { calls, nowUs } = this.kernel
    return this.#rows.versionAt(calls.subject[call]! - 1, calls.scratchA[call]!, nowUs)
  }

  #wake(): void {
    const { calls, bodies } = this.kernel
    const isThere = (call: number): boolean => this.#versionFor(call) >= bodies.get(calls.ask[call]! >>> View.tokenShift, EventBody.version)
    const ready = this.#waiting.filter(isThere)
    this.#waiting = this.#waiting.filter((call) => !ready.includes(call))
    for (const call of ready) {
      this.#send('WAKE')
      const waitedUs = this.kernel.nowUs - calls.arrivedUs[call]!
      this.kernel.record(RecordKind.note, this.node, call, packNote(Note.waited, calls.subject[call]! - 1), waitedUs, 0)
      this.#serve(call, this.#versionFor(call))
    }
    this.#wakeLater()
  }

  /** A copy gets its changes by itself; whoever waits there must be told. */
  #wakeLater(): void {
    const { nowUs } = this.kernel
    const due = this.#waiting.map((call) => this.kernel.calls.scratchA[call]!).filter((copy) => copy >= 0)
    const nextUs = Math.min(...due.map((copy) => this.#rows.nextDueUs(copy)))
    if (Number.isFinite(nextUs)) this.startTick(Math.max(0, nextUs - nowUs))
  }

  #send(type: ReadModelSignal['type']): void {
    this.send(this.machine.signal(type), { type })
  }
}

const WRITE: ReadModelSignal = { type: 'WRITE' }
const READ: ReadModelSignal = { type: 'READ' }
