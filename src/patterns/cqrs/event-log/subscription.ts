import { msToUs } from '../../../base/time.ts'
import type { Kernel } from '../../../sim/contract.ts'
import { Outcome, RecordKind } from '../../../sim/record.ts'
import { Note, packNote } from '../notes.ts'
import { CALL_INLINE } from '../protocol.ts'
import type { EventLogConfig } from './config.ts'
import type { Streams } from './streams.ts'

/** A reader that refused is asked again after this time. */
const RECONNECT_US = msToUs(1_000)

/** What a keyframe stores of {@link Subscription}. */
export interface SubscriptionState {
  sender: number
  control: number
  cursor: number
  isBroken: boolean
  isInline: boolean
  isArmed: boolean
  progressUs: number
  unanswered: readonly number[]
  late: readonly number[]
}

/** What the log knows besides of the way to a reader. */
export interface Way {
  node: number
  edge: number
  subscribe: number
  deliver: number
}

/**
 * One reader of the log, and how far it is. Sends events in order of their positions, so many at a time as may be under way, again
 * when they are not answered, and from where the reader says when it says so. What commits below the position reached is sent too,
 * late: what becomes of it is the reader's business.
 */
export class Subscription {
  readonly #kernel: Kernel
  readonly #streams: Streams
  readonly #way: Way
  readonly #window: number
  readonly #redeliverUs: number
  /** Agents: deliveries are made on behalf of the one, the subscription itself on behalf of the other. */
  #sender = -1
  #control = -1
  /** Every position up to this one was sent, except late ones. */
  #cursor = 0
  /** The reader lost what it held; it will say where to go on. */
  #isBroken = false
  #isInline = false
  #isArmed = false
  #progressUs = 0
  #unanswered = new Set<number>()
  #late: number[] = []

  constructor(kernel: Kernel, streams: Streams, way: Way, config: EventLogConfig) {
    this.#kernel = kernel
    this.#streams = streams
    this.#way = way
    this.#window = config.maximumInFlight === 0 ? Infinity : config.maximumInFlight
    this.#redeliverUs = msToUs(config.redeliverMs)
  }

  start(): void {
    this.#sender = this.#kernel.createAgent(this.#way.node)
    this.#control = this.#kernel.createAgent(this.#way.node)
    this.#subscribe()
  }

  owns(agent: number): boolean {
    return agent === this.#sender || agent === this.#control
  }

  /** Whether an append must call this reader and wait for it: it asked for that, and has all there is. */
  get wantsInline(): boolean {
    return this.#isInline && !this.#isBroken && this.#cursor >= this.#streams.head && this.#unanswered.size === 0 && this.#late.length === 0
  }

  get edge(): number {
    return this.#way.edge
  }

  /** An event was committed; the reader may have had it within the append. */
  onCommit(position: number, wasInline: boolean): void {
    if (wasInline && this.#isInline && this.#cursor >= this.#before(position)) this.#cursor = Math.max(this.#cursor, position)
    else if (position <= this.#cursor) this.#late.push(position)
    this.pump()
  }

  /** Sends what may be sent. */
  pump(): void {
    while (!this.#isBroken && this.#unanswered.size < this.#window) {
      const late = this.#late[0]
      const position = late ?? this.#streams.nextAfter(this.#cursor)
      if (position === 0) return
      if (late === undefined) this.#cursor = position
      else this.#late = this.#late.slice(1)
      this.#send(position)
    }
  }

  onReply(agent: number, child: number): void {
    const { calls } = this.#kernel
    if (agent === this.#control) return this.#onControl(calls.outcome[child]!, calls.result[child]!)
    if (calls.outcome[child]! > Outcome.fallback) {
      if (!this.#isBroken) this.#kernel.schedule(this.#sender, RECONNECT_US)
      this.#isBroken = true
      return undefined
    }
    this.#unanswered.delete(calls.ask[child]! >>> 1)
    this.#progressUs = this.#kernel.nowUs
    this.pump()
    return undefined
  }

  onTimer(agent: number): void {
    if (agent === this.#control) this.#subscribe()
    if (agent === this.#control || this.#isBroken) return this.#rewind(Math.min(this.#cursor + 1, ...this.#unanswered))
    this.#isArmed = this.#unanswered.size > 0
    if (!this.#isArmed) return undefined
    const dueUs = this.#progressUs + this.#redeliverUs
    if (dueUs > this.#kernel.nowUs) this.#kernel.schedule(this.#sender, dueUs - this.#kernel.nowUs)
    else this.#rewind(Math.min(...this.#unanswered))
    return undefined
  }

  save(): SubscriptionState {
    return {
      sender: this.#sender,
      control: this.#control,
      cursor: this.#cursor,
      isBroken: this.#isBroken,
      isInline: this.#isInline,
      isArmed: this.#isArmed,
      progressUs: this.#progressUs,
      unanswered: [...this.#unanswered],
      late: this.#late.slice(),
    }
  }

  restore(state: SubscriptionState): void {
    this.#sender = state.sender
    this.#control = state.control
    this.#cursor = state.cursor
    this.#isBroken = state.isBroken
    this.#isInline = state.isInline
    this.#isArmed = state.isArmed
    this.#progressUs = state.progressUs
    this.#unanswered = new Set(state.unanswered)
    this.#late = state.late.slice()
  }

  #subscribe(): void {
    this.#kernel.callAs(this.#way.edge, this.#control, this.#way.subscribe, 0, 0)
  }

  /** The reader answers when it wants something else than what it gets; one that refuses is asked again. */
  #onControl(outcome: number, result: number): void {
    if (outcome === Outcome.timedOut) return this.#subscribe()
    if (outcome > Outcome.fallback) {
      this.#isBroken = true
      this.#kernel.schedule(this.#control, RECONNECT_US)
      return undefined
    }
    this.#subscribe()
    if (result === CALL_INLINE) this.#isInline = true
    else if (result > 0) this.#rewind(result)
    return undefined
  }

  /** The last committed position below this one. */
  #before(position: number): number {
    let before = position - 1
    while (before > 0 && this.#streams.bodyAt(before) === 0) before -= 1
    return before
  }

  /** Answers to what was sent before count no more: they come to nobody. */
  #rewind(position: number): void {
    const { calls } = this.#kernel
    calls.release(this.#sender)
    this.#sender = this.#kernel.createAgent(this.#way.node)
    this.#kernel.record(RecordKind.note, this.#way.node, this.#sender, packNote(Note.rewound), position, 0)
    this.#unanswered = new Set()
    this.#late = []
    this.#isBroken = false
    this.#isArmed = false
    this.#cursor = position - 1
    this.pump()
  }

  /** The call belongs to the request that brought the event about, and to the append. */
  #send(position: number): void {
    const { calls } = this.#kernel
    const streams = this.#streams
    if (this.#unanswered.size === 0) this.#progressUs = this.#kernel.nowUs
    if (!this.#isArmed && this.#redeliverUs > 0) this.#kernel.schedule(this.#sender, this.#redeliverUs)
    this.#isArmed = true
    this.#unanswered.add(position)
    calls.request[this.#sender] = streams.requestAt(position)
    calls.id[this.#sender] = streams.callAt(position)
    this.#kernel.callAs(this.#way.edge, this.#sender, this.#way.deliver, streams.bodyAt(position), position * 2 + 1)
  }
}
