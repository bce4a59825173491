import type { Sfc32 } from '../../../base/prng.ts'
import { msToUs } from '../../../base/time.ts'
import { NodeRuntime, type Kernel } from '../../../sim/contract.ts'
import { createSampler, type Sampler } from '../../../sim/distribution.ts'
import { Outcome, Reason, RecordKind } from '../../../sim/record.ts'
import { Note, packNote } from '../notes.ts'
import { OWN_TYPES } from '../protocol.ts'
import type { PublisherConfig } from './config.ts'
import { publisherMachine, type PublisherContext, type PublisherSignal } from './machine.ts'

/** What was lost on the way is sent again after this time. */
const RESEND_US = msToUs(200)

/** Where an event is: `scratchB` of its call. */
const Stage = { waiting: 0, relaying: 1, heldBack: 2, resending: 3, sent: 4 } as const

/**
 * Stands between the log and its readers. At least once: an event's call is answered when its reader has answered, so what was not
 * handled comes again from the log. At most once: it is answered at once, and sent for nobody to wait for.
 */
export class PublisherRuntime extends NodeRuntime<PublisherContext, PublisherSignal> {
  readonly #config: PublisherConfig
  readonly #pollUs: number
  readonly #latency: Sampler
  readonly #latencyStream: Sfc32
  readonly #duplicateStream: Sfc32
  readonly #reorderStream: Sfc32
  readonly #dropStream: Sfc32
  readonly #deliver: number
  readonly #edge: number
  /** Events that the last look into the outbox took along and that still wait. */
  #released = 0
  /** Followed in order: the event that is published and not yet answered; −1: none. */
  #followed = -1
  /** On whose behalf goes what nobody waits for. */
  #nobody = -1

  constructor(kernel: Kernel, node: number, config: PublisherConfig, requestTypes: readonly string[]) {
    super(kernel, node, kernel.machine(publisherMachine), undefined)
    this.#config = config
    this.#pollUs = config.mode === 'outbox-polling' ? msToUs(config.pollIntervalMs) : 0
    this.#latency = createSampler(config.relayLatency)
    this.#latencyStream = kernel.nodeStream(node, 'latency')
    this.#duplicateStream = kernel.nodeStream(node, 'duplicate')
    this.#reorderStream = kernel.nodeStream(node, 'reorder')
    this.#dropStream = kernel.nodeStream(node, 'drop')
    this.#deliver = requestTypes.indexOf(OWN_TYPES.deliver.name)
    this.#edge = kernel.network.firstRoute(node, this.#deliver)
  }

  override onStart(): void {
    if (this.#edge < 0) return
    this.#nobody = this.kernel.createAgent(this.node)
    if (this.#pollUs > 0) this.startTick(this.#pollUs)
  }

  override save(): { released: number; followed: number; nobody: number } {
    return { released: this.#released, followed: this.#followed, nobody: this.#nobody }
  }

  override restore(state: ReturnType<PublisherRuntime['save']>): void {
    this.#released = state.released
    this.#followed = state.followed
    this.#nobody = state.nobody
  }

  override onCall(call: number): void {
    const { kernel } = this
    const type = kernel.calls.type[call]!
    const edge = kernel.network.firstRoute(this.node, type)
    if (edge < 0) return kernel.refuseUnrouted(call)
    // What is no event passes through: a reader's subscription above all.
    if (type !== this.#deliver) return kernel.call(edge, call)
    kernel.calls.scratchB[call] = Stage.waiting
    kernel.lines.push(this.node, call)
    this.#send('ENQUEUE')
    if (this.#pollUs === 0) this.#released += 1
    return this.#relayNext()
  }

  /** A look into the outbox. */
  override onTick(): void {
    const { batchSize } = this.#config
    const waiting = this.kernel.lines.length(this.node)
    this.#released = batchSize === 0 ? waiting : Math.min(waiting, this.#released + batchSize)
    this.startTick(this.#pollUs)
    this.#relayNext()
  }

  override onTimer(call: number): void {
    const stage = this.kernel.calls.scratchB[call]!
    if (stage === Stage.relaying) this.#send('PUBLISHED')
    if (stage === Stage.relaying && this.#config.reorderPercent > 0 && this.#reorderStream.nextChance(this.#config.reorderPercent / 100)) {
      this.#note(Note.heldBack, call)
      this.#later(call, Stage.heldBack, msToUs(this.#config.reorderByMs))
    } else this.#publish(call)
    return this.#relayNext()
  }

  override onReply(call: number, child: number): void {
    const { calls } = this.kernel
    if (call === this.#nobody) return
    if (call === this.#followed) this.#followed = -1
    this.kernel.settle(call, calls.outcome[child]!, calls.reason[child]!)
    this.#relayNext()
  }

  #relayNext(): void {
    const { kernel } = this
    while (this.#released > 0 && this.#followed < 0 && this.machine.states[this.instance.state] === 'idle') {
      this.#released -= 1
      const call = kernel.lines.shift(this.node)
      if (this.#isStale(call)) continue
      this.#send('RELAY')
      const us = this.#latency.sampleUs(this.#latencyStream)
      if (this.#config.mode === 'log-subscription') this.#followed = call
      this.#later(call, Stage.relaying, us)
    }
  }

  /** The log gave it up and sends it anew: this one is for nobody. */
  #isStale(call: number): boolean {
    const { calls } = this.kernel
    if (calls.parent[call]! < 0 || calls.isAwaited(call)) return false
    this.#forget(call)
    return true
  }

  #publish(call: number): void {
    const { calls } = this.kernel
    if (this.#isStale(call)) return
    const isOnce = this.#config.delivery === 'at-most-once'
    if (this.#config.dropPercent > 0 && this.#dropStream.nextChance(this.#config.dropPercent / 100)) {
      this.#note(Note.dropped, call)
      this.#send('DROPPED')
      if (isOnce) this.#forget(call)
      else this.#later(call, Stage.resending, RESEND_US)
      return
    }
    if (this.#config.duplicatePercent > 0 && this.#duplicateStream.nextChance(this.#config.duplicatePercent / 100)) {
      this.#note(Note.duplicated, call)
      this.#send('DUPLICATED')
      this.#sendFor(this.#nobody, call)
    }
    calls.scratchB[call] = Stage.sent
    this.#sendFor(isOnce ? this.#nobody : call, call)
    if (isOnce) this.#forget(call)
  }

  /** The position stays, the word that it was read from the log itself does not. */
  #sendFor(parent: number, call: number): void {
    const { calls } = this.kernel
    if (parent === this.#nobody) {
      calls.request[parent] = calls.request[call]!
      calls.id[parent] = calls.id[call]!
    }
    this.kernel.callAs(this.#edge, parent, this.#deliver, calls.subject[call]!, calls.ask[call]! & ~1)
  }

  #forget(call: number): void {
    if (call === this.#followed) this.#followed = -1
    this.kernel.settle(call, Outcome.ok, Reason.none)
  }

  #later(call: number, stage: number, us: number): void {
    this.kernel.calls.scratchB[call] = stage
    this.kernel.schedule(call, us)
  }

  #note(code: number, call: number): void {
    this.kernel.record(RecordKind.note, this.node, call, packNote(code), this.kernel.calls.ask[call]! >>> 1, 0)
  }

  #send(type: PublisherSignal['type']): void {
    this.send(this.machine.signal(type), SIGNALS[type])
  }
}

const SIGNALS: Readonly<Record<PublisherSignal['type'], PublisherSignal>> = {
  ENQUEUE: { type: 'ENQUEUE' },
  RELAY: { type: 'RELAY' },
  PUBLISHED: { type: 'PUBLISHED' },
  DROPPED: { type: 'DROPPED' },
  DUPLICATED: { type: 'DUPLICATED' },
}
