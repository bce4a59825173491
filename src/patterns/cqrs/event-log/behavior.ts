import type { Sfc32 } from '../../../base/prng.ts'
import { msToUs } from '../../../base/time.ts'
import { NodeRuntime, type Kernel } from '../../../sim/contract.ts'
import { createSampler, type Sampler } from '../../../sim/distribution.ts'
import type { FaultInput } from '../../../sim/input.ts'
import { Outcome, Reason, RecordKind } from '../../../sim/record.ts'
import type { NodeSetup } from '../../pattern.ts'
import { Note, packNote } from '../notes.ts'
import { Concurrency, OWN_TYPES, tokenOf } from '../protocol.ts'
import { Strikes, type Strike } from '../strikes.ts'
import type { EventLogConfig } from './config.ts'
import { eventLogFaults } from './faults.ts'
import { eventLogMachine, type EventLogContext, type EventLogSignal } from './machine.ts'
import { Streams, type StreamsState } from './streams.ts'
import { Subscription, type SubscriptionState } from './subscription.ts'

const APPEND: EventLogSignal = { type: 'APPEND' }
const CONFLICT: EventLogSignal = { type: 'CONFLICT' }
const ROLLBACK: EventLogSignal = { type: 'ROLLBACK' }

/** In an append's `scratchB`: inline readers still to answer, and whether one of them failed. */
const FAILED = 1 << 16

interface EventLogState {
  streams: StreamsState
  subscriptions: readonly SubscriptionState[]
  strikes: readonly Strike[]
  lastGiven: number
  lockedBy: number
  pending: number
  called: readonly number[]
}

/**
 * Commits appends, each at its position, and tells every reader. An append's `scratchA` is its position once it has one. While
 * readers are called inline the log commits one append after another.
 */
export class EventLogRuntime extends NodeRuntime<EventLogContext, EventLogSignal> {
  readonly #config: EventLogConfig
  readonly #latency: Sampler
  readonly #latencyStream: Sfc32
  readonly #rollbackStream: Sfc32
  readonly #strikes = new Strikes(eventLogFaults)
  readonly #streams: Streams
  readonly #subscriptions: readonly Subscription[]
  readonly #commit = { type: 'COMMIT' as const, position: 0 }
  readonly #types: { load: number; append: number; deliver: number }
  readonly #codes: { append: number; commit: number; conflict: number; rollback: number }
  #lastGiven = 0
  /** The append whose readers are being called inline, and the body of its event; −1: none. */
  #lockedBy = -1
  #pending = 0
  /** Which subscriptions these readers are. */
  #called: readonly number[] = []

  constructor(kernel: Kernel, node: number, config: EventLogConfig, setup: NodeSetup) {
    super(kernel, node, kernel.machine(eventLogMachine), undefined)
    this.#config = config
    this.#latency = createSampler(config.commitLatency)
    this.#latencyStream = kernel.nodeStream(node, 'latency')
    this.#rollbackStream = kernel.nodeStream(node, 'rollback')
    this.#streams = new Streams(kernel)
    const type = (name: string): number => setup.requestTypes.indexOf(name)
    const deliver = type(OWN_TYPES.deliver.name)
    const subscribe = type(OWN_TYPES.subscribe.name)
    this.#types = { load: type(OWN_TYPES.load.name), append: type(OWN_TYPES.append.name), deliver }
    const ways = setup.out.filter(({ types }) => types === undefined || types.includes(deliver))
    this.#subscriptions = ways.map(({ edge }) => new Subscription(kernel, this.#streams, { node, edge, subscribe, deliver }, config))
    const { machine } = this
    this.#codes = { append: machine.signal('APPEND'), commit: machine.signal('COMMIT'), conflict: machine.signal('CONFLICT'), rollback: machine.signal('ROLLBACK') }
  }

  override onStart(): void {
    for (const subscription of this.#subscriptions) subscription.start()
  }

  override save(): EventLogState {
    return {
      streams: this.#streams.save(),
      subscriptions: this.#subscriptions.map((subscription) => subscription.save()),
      strikes: this.#strikes.save(),
      lastGiven: this.#lastGiven,
      lockedBy: this.#lockedBy,
      pending: this.#pending,
      called: this.#called,
    }
  }

  override restore(state: EventLogState): void {
    this.#streams.restore(state.streams)
    this.#subscriptions.forEach((subscription, index) => subscription.restore(state.subscriptions[index]!))
    this.#strikes.restore(state.strikes)
    this.#lastGiven = state.lastGiven
    this.#lockedBy = state.lockedBy
    this.#pending = state.pending
    this.#called = state.called
  }

  override onCall(call: number): void {
    const { calls } = this.kernel
    const type = calls.type[call]!
    const key = calls.subject[call]! - 1
    if (key < 0 || (type !== this.#types.load && type !== this.#types.append)) return this.kernel.settle(call, Outcome.rejected, Reason.refused)
    if (type === this.#types.append) return this.#begin(call)
    calls.result[call] = this.#streams.version(key)
    return this.kernel.settle(call, Outcome.ok, Reason.none)
  }

  override onTimer(call: number): void {
    if (this.kernel.isAgent(call)) this.#ownerOf(call)?.onTimer(call)
    else this.#tryCommit(call)
  }

  override onReply(call: number, child: number): void {
    const { calls } = this.kernel
    if (this.kernel.isAgent(call)) return this.#ownerOf(call)?.onReply(call, child)
    calls.scratchB[call] = calls.scratchB[call]! - 1 + (calls.outcome[child]! > Outcome.fallback ? FAILED : 0)
    // What the reader's answer left on the record would go to the caller as if it were ours.
    calls.result[call] = 0
    if ((calls.scratchB[call]! & (FAILED - 1)) === 0) this.#readersDone(call)
    return undefined
  }

  override onFault(fault: FaultInput, begins: boolean): void {
    if (eventLogFaults[fault.type]!.type === 'slow') {
      const signal: EventLogSignal = { type: begins ? 'SLOW' : 'SLOW_ENDS', factor: fault.strength }
      this.send(this.machine.signal(signal.type), signal)
    } else if (begins) this.#strikes.begin(fault)
    else this.#strikes.end(fault)
  }

  #begin(call: number): void {
    const { calls } = this.kernel
    this.send(this.#codes.append, APPEND)
    calls.scratchA[call] = this.#config.sequence === 'allocate-then-commit' ? ++this.#lastGiven : 0
    calls.scratchB[call] = 0
    const lateMs = this.#strikes.hit('late-commit', calls.type[call]!) ?? 0
    const us = Math.round(this.#latency.sampleUs(this.#latencyStream) * this.instance.context.slowFactor) + msToUs(lateMs)
    if (us > 0) this.kernel.schedule(call, us)
    else this.#tryCommit(call)
  }

  /** The commit is due. It is for others that meanwhile the stream may have moved. */
  #tryCommit(call: number): void {
    const { calls } = this.kernel
    if (this.#lockedBy >= 0) return this.kernel.lines.push(this.node, call)
    const key = calls.subject[call]! - 1
    const ask = calls.ask[call]!
    const concurrency = (ask >> 4) & 3
    const version = this.#streams.version(key)
    if (concurrency === Concurrency.expected && version !== ask >> 6) return this.#refuse(call, Outcome.failed, Reason.conflict)
    const rollsBack = this.#config.rollbackPercent > 0 && this.#rollbackStream.nextChance(this.#config.rollbackPercent / 100)
    if (rollsBack || this.#strikes.hit('roll-back', calls.type[call]!) !== undefined) return this.#refuse(call, Outcome.failed, Reason.error)
    if (calls.scratchA[call] === 0) calls.scratchA[call] = ++this.#lastGiven
    const value = this.#streams.value(key)
    const base = concurrency === Concurrency.overwrite && version !== ask >> 6 ? this.#streams.valueAt(key, ask >> 6) : value
    const added = base + (ask & 15) - value
    const body = this.kernel.bodies.add(key, version + 1, added, calls.scratchA[call]!, this.kernel.nowUs, value + added)
    if (!this.#hasInline()) return this.#commitNow(call, body)
    this.#called = this.#subscriptions.flatMap((subscription, index) => (subscription.wantsInline ? [index] : []))
    this.#lockedBy = call
    this.#pending = body
    calls.scratchB[call] = this.#called.length
    for (const index of this.#called) this.kernel.callAs(this.#subscriptions[index]!.edge, call, this.#types.deliver, body, calls.scratchA[call]! * 2 + 1)
    return undefined
  }

  /** What was done inline is in the view; a failure of one takes the whole append back. */
  #readersDone(call: number): void {
    const isFailed = this.kernel.calls.scratchB[call]! >= FAILED
    const body = this.#pending
    this.#lockedBy = -1
    this.#pending = 0
    if (isFailed) this.#takeBack(call)
    else this.#commitNow(call, body)
    this.#called = []
    while (this.#lockedBy < 0) {
      const next = this.kernel.lines.shift(this.node)
      if (next < 0) return
      this.#tryCommit(next)
    }
  }

  #commitNow(call: number, body: number): void {
    const { calls, bodies } = this.kernel
    const position = calls.scratchA[call]!
    const ask = calls.ask[call]!
    const amount = bodies.get(body, 2)
    this.#streams.push(body, calls.id[call]!, calls.request[call]!)
    this.#commit.position = position
    this.send(this.#codes.commit, this.#commit)
    if (amount !== (ask & 15)) this.kernel.record(RecordKind.note, this.node, call, packNote(Note.overwrote), position, amount)
    this.kernel.record(RecordKind.note, this.node, call, packNote(Note.committed, bodies.get(body, 0), ask & 15), position, bodies.get(body, 1))
    calls.result[call] = tokenOf(body)
    this.kernel.settle(call, Outcome.ok, Reason.none)
    for (let index = 0; index < this.#subscriptions.length; index += 1) {
      this.#subscriptions[index]!.onCommit(position, this.#called.length > 0 && this.#called.includes(index))
    }
  }

  #hasInline(): boolean {
    for (const subscription of this.#subscriptions) if (subscription.wantsInline) return true
    return false
  }

  #ownerOf(agent: number): Subscription | undefined {
    for (const subscription of this.#subscriptions) if (subscription.owns(agent)) return subscription
    return undefined
  }

  /** Only then is a position given that is free again. */
  #takeBack(call: number): void {
    if (this.#config.sequence === 'commit-order') {
      this.#lastGiven -= 1
      this.kernel.calls.scratchA[call] = 0
    }
    this.#refuse(call, Outcome.failed, Reason.error)
  }

  /** A position it was given stays empty. */
  #refuse(call: number, outcome: number, reason: number): void {
    const isConflict = reason === Reason.conflict
    if (isConflict) this.send(this.#codes.conflict, CONFLICT)
    else this.send(this.#codes.rollback, ROLLBACK)
    const position = this.kernel.calls.scratchA[call]!
    if (position > 0 || !isConflict) this.kernel.record(RecordKind.note, this.node, call, packNote(Note.rolledBack), position, 0)
    this.kernel.settle(call, outcome, reason)
  }
}
