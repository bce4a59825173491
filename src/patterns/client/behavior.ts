import { assert } from '../../base/assert.ts'
import type { Sfc32 } from '../../base/prng.ts'
import { msToUs, US_PER_MS } from '../../base/time.ts'
import { NodeRuntime } from '../../sim/contract.ts'
import { createSampler, type Sampler } from '../../sim/distribution.ts'
import type { Kernel } from '../../sim/contract.ts'
import { Outcome, Reason } from '../../sim/record.ts'
import { createArrivals, type Arrivals } from './arrivals.ts'
import type { ClientConfig } from './config.ts'
import { clientMachine, type ClientContext, type ClientSignal } from './machine.ts'

/** The shortest pause of a user who was answered in the very instant of asking. */
const INSTANT_PAUSE_US = US_PER_MS
const SEND: ClientSignal = { type: 'SEND' }
const ANSWER: ClientSignal = { type: 'ANSWER' }
const EXPIRE: ClientSignal = { type: 'EXPIRE' }

/** Makes the load. A request's `scratchA` is the user who asked, −1 for open load; a user is a record of its own. */
export class ClientRuntime extends NodeRuntime<ClientContext, ClientSignal> {
  readonly #users: number
  readonly #stopUs: number
  readonly #arrivals: Arrivals | undefined
  readonly #think: Sampler
  readonly #deadlineLane: number
  readonly #arrivalStream: Sfc32
  readonly #typeStream: Sfc32
  readonly #thinkStream: Sfc32
  /** Request types and the share of all requests up to and including each. */
  readonly #types: readonly { type: number; upTo: number }[]
  readonly #send: number
  readonly #answer: number
  readonly #expire: number

  constructor(kernel: Kernel, node: number, config: ClientConfig, requestTypes: readonly string[]) {
    super(kernel, node, kernel.machine(clientMachine), undefined)
    this.#users = config.load === 'users' ? config.users : 0
    this.#stopUs = config.sendUntilMs === 0 ? Infinity : msToUs(config.sendUntilMs)
    this.#arrivals = createArrivals(config)
    this.#think = createSampler(config.think)
    this.#deadlineLane = config.deadlineMs === 0 ? -1 : kernel.lane(msToUs(config.deadlineMs))
    this.#arrivalStream = kernel.nodeStream(node, 'arrival')
    this.#typeStream = kernel.nodeStream(node, 'type')
    this.#thinkStream = kernel.nodeStream(node, 'think')
    this.#types = cumulated(config, requestTypes)
    this.#send = this.machine.signal('SEND')
    this.#answer = this.machine.signal('ANSWER')
    this.#expire = this.machine.signal('EXPIRE')
  }

  override onStart(): void {
    this.#scheduleArrival()
    for (let user = 0; user < this.#users; user += 1) {
      const agent = this.kernel.createAgent(this.node)
      this.kernel.schedule(agent, this.#think.sampleUs(this.#thinkStream))
    }
  }

  override onCall(): void {
    assert(false, 'a client was called')
  }

  override onTick(): void {
    this.#ask(-1)
    this.#scheduleArrival()
  }

  /** By hand a client is stopped and started again; what else it hears is its own business. */
  override onSignal(signal: ClientSignal): void {
    if (signal.type === 'STOP' || signal.type === 'GO') this.send(this.machine.signal(signal.type), signal)
  }

  override onTimer(call: number): void {
    if (this.kernel.isAgent(call)) {
      this.#ask(call)
      return
    }
    this.send(this.#expire, EXPIRE)
    this.#end(call, Outcome.timedOut, Reason.deadline)
  }

  override onReply(request: number, child: number): void {
    const { calls } = this.kernel
    this.send(this.#answer, ANSWER)
    this.#end(request, calls.outcome[child]!, calls.reason[child]!)
  }

  #ask(user: number): void {
    const { kernel } = this
    if (kernel.nowUs > this.#stopUs) return
    this.send(this.#send, SEND)
    if (this.machine.effectCount === 0) {
      // Stopped by hand: a user looks again after another thought, so GO finds everyone.
      if (user >= 0) this.#letThink(user, kernel.nowUs)
      return
    }
    const type = this.#drawType()
    const request = kernel.createRequest(this.node, type)
    kernel.calls.scratchA[request] = user
    const edge = kernel.network.firstRoute(this.node, type)
    if (edge < 0) {
      this.send(this.#answer, ANSWER)
      this.#end(request, Outcome.failed, Reason.noRoute)
      return
    }
    if (this.#deadlineLane >= 0) kernel.scheduleConstant(request, this.#deadlineLane)
    kernel.call(edge, request)
  }

  #end(request: number, outcome: number, reason: number): void {
    const user = this.kernel.calls.scratchA[request]!
    const askedUs = this.kernel.calls.startUs[request]!
    this.kernel.settle(request, outcome, reason)
    if (user >= 0) this.#letThink(user, askedUs)
  }

  /** After an answer in no time nobody asks again in no time: the run would never leave this instant. */
  #letThink(user: number, askedUs: number): void {
    const { nowUs } = this.kernel
    const thinkUs = this.#think.sampleUs(this.#thinkStream)
    this.kernel.schedule(user, nowUs === askedUs ? Math.max(thinkUs, INSTANT_PAUSE_US) : thinkUs)
  }

  #scheduleArrival(): void {
    if (!this.#arrivals) return
    const { nowUs } = this.kernel
    const delayUs = this.#arrivals.nextInUs(nowUs, this.#arrivalStream)
    if (nowUs + delayUs <= this.#stopUs) this.startTick(delayUs)
  }

  #drawType(): number {
    const types = this.#types
    if (types.length === 1) return types[0]!.type
    const drawn = this.#typeStream.nextUnit()
    for (const { type, upTo } of types) if (drawn < upTo) return type
    return types[types.length - 1]!.type
  }
}

function cumulated(config: ClientConfig, requestTypes: readonly string[]): { type: number; upTo: number }[] {
  const sum = config.requestTypes.reduce((total, type) => total + type.share, 0)
  let upTo = 0
  return config.requestTypes.map(({ name, share }) => {
    upTo += share / sum
    return { type: requestTypes.indexOf(name), upTo }
  })
}
