import type { Sfc32 } from '../../../base/prng.ts'
import { NodeRuntime, type Kernel } from '../../../sim/contract.ts'
import { createSampler, type Sampler } from '../../../sim/distribution.ts'
import type { FaultInput } from '../../../sim/input.ts'
import { Ask, Effect } from '../../../sim/operation.ts'
import { Outcome, Reason, RecordKind } from '../../../sim/record.ts'
import { KeyDraw } from '../draw-key.ts'
import { Note, packNote } from '../notes.ts'
import { bodyOfToken, Concurrency, EventBody, keyOfCall, OWN_TYPES, packAppend } from '../protocol.ts'
import { Strikes, type Strike } from '../strikes.ts'
import type { CommandHandlerConfig } from './config.ts'
import { commandHandlerFaults } from './faults.ts'
import { commandHandlerMachine, type CommandHandlerContext, type CommandHandlerSignal } from './machine.ts'

/** Where a command is: the lowest bits of `scratchB`; above them attempts and the amount it adds. `scratchA` is its key. */
const Stage = { loading: 0, deciding: 1, appending: 2, backingOff: 3 } as const
const STAGE_MASK = 3
const ATTEMPT = 4
const ATTEMPTS_MASK = 0xff
const ATTEMPT_SHIFT = 2
const AMOUNT_SHIFT = 12
const AMOUNTS = 9

const MODES = { 'append-any': Concurrency.any, 'expected-version': Concurrency.expected, 'last-write-wins': Concurrency.overwrite } as const

/** Handles commands: which aggregate, what it was, what happens to it, and the append that may meet a conflict. */
export class CommandHandlerRuntime extends NodeRuntime<CommandHandlerContext, CommandHandlerSignal> {
  readonly #config: CommandHandlerConfig
  readonly #mode: number
  readonly #latency: Sampler
  readonly #backoff: Sampler
  readonly #keys: KeyDraw
  readonly #latencyStream: Sfc32
  readonly #backoffStream: Sfc32
  readonly #amountStream: Sfc32
  readonly #strikes = new Strikes(commandHandlerFaults)
  readonly #load: number
  readonly #append: number
  readonly #loadEdge: number
  readonly #appendEdge: number
  /** Somebody else who writes the same aggregates, during a conflict storm. */
  #rival = -1

  constructor(kernel: Kernel, node: number, config: CommandHandlerConfig, requestTypes: readonly string[]) {
    super(kernel, node, kernel.machine(commandHandlerMachine), undefined)
    this.#config = config
    this.#mode = MODES[config.concurrency]
    this.#latency = createSampler(config.latency)
    this.#backoff = createSampler(config.retryBackoff)
    this.#keys = new KeyDraw(config.aggregates, config.hotKeySkew, kernel.nodeStream(node, 'key'))
    this.#latencyStream = kernel.nodeStream(node, 'latency')
    this.#backoffStream = kernel.nodeStream(node, 'backoff')
    this.#amountStream = kernel.nodeStream(node, 'amount')
    this.#load = requestTypes.indexOf(OWN_TYPES.load.name)
    this.#append = requestTypes.indexOf(OWN_TYPES.append.name)
    this.#loadEdge = kernel.network.firstRoute(node, this.#load)
    this.#appendEdge = kernel.network.firstRoute(node, this.#append)
  }

  override save(): { strikes: readonly Strike[]; rival: number } {
    return { strikes: this.#strikes.save(), rival: this.#rival }
  }

  override restore(state: ReturnType<CommandHandlerRuntime['save']>): void {
    this.#strikes.restore(state.strikes)
    this.#rival = state.rival
  }

  override onCall(call: number): void {
    const { calls } = this.kernel
    if (this.#loadEdge < 0 || this.#appendEdge < 0) return this.kernel.refuseUnrouted(call)
    const named = keyOfCall(this.kernel, call, this.#config.aggregates)
    const key = named < 0 ? this.#keys.next() : named
    const amount = 1 + Math.floor(this.#amountStream.nextUnit() * AMOUNTS)
    calls.scratchA[call] = key
    calls.scratchB[call] = amount << AMOUNT_SHIFT
    if (calls.subject[call] === 0) calls.subject[call] = key + 1
    this.#send('HANDLE')
    this.#start(call)
  }

  override onTimer(call: number): void {
    const { calls } = this.kernel
    if ((calls.scratchB[call]! & STAGE_MASK) === Stage.backingOff) this.#start(call)
    else this.#appendNow(call)
  }

  override onReply(call: number, child: number): void {
    const { calls } = this.kernel
    if (call === this.#rival) return
    const outcome = calls.outcome[child]!
    const stage = calls.scratchB[call]! & STAGE_MASK
    if (outcome > Outcome.fallback) this.#failed(call, outcome, calls.reason[child]!)
    else if (stage === Stage.loading) this.#decide(call)
    else this.#accepted(call)
  }

  override onFault(fault: FaultInput, begins: boolean): void {
    if (begins) this.#strikes.begin(fault)
    else this.#strikes.end(fault)
  }

  #start(call: number): void {
    if (this.#mode === Concurrency.any) return this.#decide(call)
    this.#setStage(call, Stage.loading)
    this.kernel.callAs(this.#loadEdge, call, this.#load, this.kernel.calls.scratchA[call]! + 1, 0)
    return undefined
  }

  #decide(call: number): void {
    this.#setStage(call, Stage.deciding)
    const us = this.#latency.sampleUs(this.#latencyStream)
    if (us > 0) this.kernel.schedule(call, us)
    else this.#appendNow(call)
  }

  #appendNow(call: number): void {
    const { calls } = this.kernel
    const key = calls.scratchA[call]!
    if (this.#strikes.hit('conflict-storm', calls.type[call]!) !== undefined) this.#rivalWrites(key)
    this.#setStage(call, Stage.appending)
    const version = this.#mode === Concurrency.any ? 0 : calls.result[call]!
    const ask = packAppend(calls.scratchB[call]! >> AMOUNT_SHIFT, this.#mode, version)
    this.kernel.callAs(this.#appendEdge, call, this.#append, key + 1, ask)
  }

  #rivalWrites(key: number): void {
    if (this.#rival < 0) this.#rival = this.kernel.createAgent(this.node)
    this.kernel.callAs(this.#appendEdge, this.#rival, this.#append, key + 1, packAppend(1, Concurrency.any, 0))
  }

  #accepted(call: number): void {
    const { calls } = this.kernel
    const key = calls.scratchA[call]!
    this.#send('ACCEPTED')
    const version = this.kernel.bodies.get(bodyOfToken(calls.result[call]!), EventBody.version)
    this.kernel.record(RecordKind.note, this.node, call, packNote(Note.written, key), calls.session[call]!, version)
    if ((calls.ask[call]! & Ask.operation) !== 0) {
      this.kernel.record(RecordKind.effect, this.node, call, calls.type[call]!, calls.subject[call]!, Effect.applied)
    }
    this.kernel.settle(call, Outcome.ok, Reason.none)
  }

  #failed(call: number, outcome: number, reason: number): void {
    const { calls } = this.kernel
    if (reason === Reason.conflict) {
      const attempts = ((calls.scratchB[call]! >> ATTEMPT_SHIFT) & ATTEMPTS_MASK) + 1
      this.kernel.record(RecordKind.note, this.node, call, packNote(Note.conflict, calls.scratchA[call]!), attempts, 0)
      if (attempts <= this.#config.maximumRetries) {
        this.#send('CONFLICT')
        calls.scratchB[call] = calls.scratchB[call]! + ATTEMPT
        this.#setStage(call, Stage.backingOff)
        this.kernel.schedule(call, this.#backoff.sampleUs(this.#backoffStream))
        return
      }
    }
    this.#send('FAILED')
    this.kernel.settle(call, outcome, reason)
  }

  #setStage(call: number, stage: number): void {
    const { scratchB } = this.kernel.calls
    scratchB[call] = (scratchB[call]! & ~STAGE_MASK) | stage
  }

  #send(type: CommandHandlerSignal['type']): void {
    this.send(this.machine.signal(type), SIGNALS[type])
  }
}

const SIGNALS: Readonly<Record<CommandHandlerSignal['type'], CommandHandlerSignal>> = {
  HANDLE: { type: 'HANDLE' },
  ACCEPTED: { type: 'ACCEPTED' },
  CONFLICT: { type: 'CONFLICT' },
  FAILED: { type: 'FAILED' },
}
