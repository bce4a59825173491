import type { Sfc32 } from '../../../base/prng.ts'
import { msToUs } from '../../../base/time.ts'
import { NodeRuntime, type Kernel } from '../../../sim/contract.ts'
import { createSampler, type Sampler } from '../../../sim/distribution.ts'
import { Outcome, Reason, RecordKind } from '../../../sim/record.ts'
import { KeyDraw } from '../draw-key.ts'
import { Note, packNote } from '../notes.ts'
import { bodyOfToken, EventBody, keyOfCall, OWN_TYPES, View } from '../protocol.ts'
import type { QueryHandlerConfig } from './config.ts'
import { queryHandlerMachine, type QueryHandlerContext, type QueryHandlerSignal } from './machine.ts'

/** In a query's `scratchB`; its `scratchA` is the key. */
const Stage = { working: 0, reading: 1, waiting: 2 } as const
const STRATEGY_BITS = { none: 0, 'wait-for-version': View.wait, 'return-from-command': View.orToken, sticky: View.sticky } as const

/** Answers queries from the read model. A query that follows the reader's own write brings that write's token. */
export class QueryHandlerRuntime extends NodeRuntime<QueryHandlerContext, QueryHandlerSignal> {
  readonly #config: QueryHandlerConfig
  readonly #keys: KeyDraw
  readonly #latency: Sampler
  readonly #latencyStream: Sfc32
  readonly #view: number
  readonly #edge: number

  constructor(kernel: Kernel, node: number, config: QueryHandlerConfig, requestTypes: readonly string[]) {
    super(kernel, node, kernel.machine(queryHandlerMachine), undefined)
    this.#config = config
    this.#keys = new KeyDraw(config.aggregates, config.hotKeySkew, kernel.nodeStream(node, 'key'))
    this.#latency = createSampler(config.latency)
    this.#latencyStream = kernel.nodeStream(node, 'latency')
    this.#view = requestTypes.indexOf(OWN_TYPES.view.name)
    this.#edge = kernel.network.firstRoute(node, this.#view)
  }

  override onCall(call: number): void {
    const { calls } = this.kernel
    if (this.#edge < 0) return this.kernel.refuseUnrouted(call)
    this.#send('ASK')
    const key = keyOfCall(this.kernel, call, this.#config.aggregates)
    calls.scratchA[call] = key < 0 ? this.#keys.next() : key
    calls.scratchB[call] = Stage.working
    const us = this.#latency.sampleUs(this.#latencyStream)
    if (us > 0) return this.kernel.schedule(call, us)
    return this.#ask(call)
  }

  override onTimer(call: number): void {
    const { calls } = this.kernel
    if (calls.scratchB[call] !== Stage.waiting) return this.#ask(call)
    this.#send('TIMED_OUT')
    this.kernel.record(RecordKind.note, this.node, call, packNote(Note.gaveUp, calls.scratchA[call]!), 0, 0)
    if (this.#config.onTimeout === 'error') return this.#end(call, Outcome.failed, Reason.stale)
    return this.#read(call, this.#token(call) << View.tokenShift)
  }

  override onReply(call: number, child: number): void {
    const { calls } = this.kernel
    if (calls.outcome[child]! <= Outcome.fallback && this.#isMissed(call, calls.result[child]!)) return this.#end(call, Outcome.rejected, Reason.stale)
    return this.#end(call, calls.outcome[child]!, calls.reason[child]!)
  }

  #ask(call: number): void {
    const token = this.#token(call)
    const { strategy } = this.#config
    this.#read(call, (token << View.tokenShift) | STRATEGY_BITS[strategy])
    if (token === 0 || strategy !== 'wait-for-version') return
    this.kernel.calls.scratchB[call] = Stage.waiting
    this.kernel.schedule(call, msToUs(this.#config.waitTimeoutMs))
  }

  #read(call: number, ask: number): void {
    this.kernel.calls.scratchB[call] = Stage.reading
    this.kernel.callAs(this.#edge, call, this.#view, this.kernel.calls.scratchA[call]! + 1, ask)
  }

  /** Whether the reader takes the view's not having its own write yet for there being none. */
  #isMissed(call: number, version: number): boolean {
    if (this.#config.whenBehind === 'answer') return false
    const token = this.#token(call)
    return token > 0 && version < this.kernel.bodies.get(token, EventBody.version)
  }

  /** The body of the event that the reader brought about, if it is about this key; else 0. */
  #token(call: number): number {
    const { calls, bodies } = this.kernel
    const body = bodyOfToken(calls.ask[call]!)
    return body > 0 && bodies.get(body, EventBody.key) === calls.scratchA[call] ? body : 0
  }

  #end(call: number, outcome: number, reason: number): void {
    this.#send(outcome <= Outcome.fallback ? 'ANSWERED' : 'FAILED')
    this.kernel.settle(call, outcome, reason)
  }

  #send(type: QueryHandlerSignal['type']): void {
    this.send(this.machine.signal(type), SIGNALS[type])
  }
}

const SIGNALS: Readonly<Record<QueryHandlerSignal['type'], QueryHandlerSignal>> = {
  ASK: { type: 'ASK' },
  ANSWERED: { type: 'ANSWERED' },
  FAILED: { type: 'FAILED' },
  TIMED_OUT: { type: 'TIMED_OUT' },
}
