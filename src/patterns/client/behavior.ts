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

/** In an agent's `scratchB`: what it is there for. A user's `scratchA` is nothing; the others' is the index of what they ask. */
const Agent = { user: 0, steady: 1, followUp: 2 } as const

/**
 * Makes the load. A request's `scratchA` is the user who asked, −1 for open load, and its `scratchB` the index of what it asks in
 * the config; a user is a record of its own, as are a steady job and a user on the way to a follow-up question.
 */
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
  readonly #types: readonly { index: number; upTo: number }[]
  readonly #asked: readonly Asked[]
  readonly #sessions: number
  readonly #sessionStream: Sfc32
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
    this.#types = cumulated(config)
    this.#asked = config.requestTypes.map((type) => toAsked(type, config, requestTypes))
    this.#sessions = this.#users === 0 ? config.sessions : 0
    this.#sessionStream = kernel.nodeStream(node, 'session')
    this.#send = this.machine.signal('SEND')
    this.#answer = this.machine.signal('ANSWER')
    this.#expire = this.machine.signal('EXPIRE')
  }

  override onStart(): void {
    this.#scheduleArrival()
    const users = this.#types.length === 0 ? 0 : this.#users
    for (let user = 0; user < users; user += 1) {
      const agent = this.kernel.createAgent(this.node)
      this.kernel.calls.scratchB[agent] = Agent.user
      this.kernel.calls.session[agent] = user + 1
      this.kernel.schedule(agent, this.#think.sampleUs(this.#thinkStream))
    }
    this.#asked.forEach(({ everyUs }, index) => {
      if (everyUs > 0) this.#startAgent(Agent.steady, index, everyUs)
    })
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
      this.#onAgent(call)
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

  #onAgent(agent: number): void {
    const { calls, nowUs } = this.kernel
    const role = calls.scratchB[agent]!
    const index = calls.scratchA[agent]!
    if (role === Agent.user) return this.#ask(agent)
    if (nowUs > this.#stopUs) return
    if (this.#mayAsk()) this.#request(index, -1, role === Agent.followUp ? agent : -1)
    if (role === Agent.followUp) calls.release(agent)
    else this.kernel.schedule(agent, this.#asked[index]!.everyUs)
  }

  #startAgent(role: number, index: number, delayUs: number): number {
    const { kernel } = this
    const agent = kernel.createAgent(this.node)
    kernel.calls.scratchB[agent] = role
    kernel.calls.scratchA[agent] = index
    kernel.schedule(agent, delayUs)
    return agent
  }

  #ask(user: number): void {
    const { kernel } = this
    if (kernel.nowUs > this.#stopUs) return
    if (this.#mayAsk()) this.#request(this.#drawIndex(), user, user)
    // Stopped by hand: a user looks again after another thought, so GO finds everyone.
    else if (user >= 0) this.#letThink(user, kernel.nowUs)
  }

  #mayAsk(): boolean {
    this.send(this.#send, SEND)
    return this.machine.effectCount > 0
  }

  /** @param like a record whose session, subject and wish the request takes over; −1: none. */
  #request(index: number, user: number, like: number): void {
    const { kernel } = this
    const { calls } = kernel
    const { type } = this.#asked[index]!
    const request = kernel.createRequest(this.node, type)
    calls.scratchA[request] = user
    calls.scratchB[request] = index
    if (like >= 0) {
      calls.session[request] = calls.session[like]!
      calls.subject[request] = calls.subject[like]!
      calls.ask[request] = calls.ask[like]!
    } else if (this.#sessions > 0) calls.session[request] = 1 + Math.floor(this.#sessionStream.nextUnit() * this.#sessions)
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
    if (outcome <= Outcome.fallback) this.#followUp(request)
    this.kernel.settle(request, outcome, reason)
    if (user >= 0) this.#letThink(user, askedUs)
  }

  /** The same user's next question, about what the answer told of. */
  #followUp(request: number): void {
    const { calls } = this.kernel
    const { thenIndex, after } = this.#asked[calls.scratchB[request]!]!
    if (!after) return
    const agent = this.#startAgent(Agent.followUp, thenIndex, after.sampleUs(this.#thinkStream))
    calls.session[agent] = calls.session[request]!
    calls.subject[agent] = calls.subject[request]!
    calls.ask[agent] = calls.result[request]!
  }

  /** After an answer in no time nobody asks again in no time: the run would never leave this instant. */
  #letThink(user: number, askedUs: number): void {
    const { nowUs } = this.kernel
    const thinkUs = this.#think.sampleUs(this.#thinkStream)
    this.kernel.schedule(user, nowUs === askedUs ? Math.max(thinkUs, INSTANT_PAUSE_US) : thinkUs)
  }

  #scheduleArrival(): void {
    if (!this.#arrivals || this.#types.length === 0) return
    const { nowUs } = this.kernel
    const delayUs = this.#arrivals.nextInUs(nowUs, this.#arrivalStream)
    if (nowUs + delayUs <= this.#stopUs) this.startTick(delayUs)
  }

  #drawIndex(): number {
    const types = this.#types
    if (types.length === 1) return types[0]!.index
    const drawn = this.#typeStream.nextUnit()
    for (const { index, upTo } of types) if (drawn < upTo) return index
    return types[types.length - 1]!.index
  }
}

/** One of the things a client asks. */
interface Asked {
  type: number
  /** Above 0: a steady job. */
  everyUs: number
  /** What is asked after a good answer, and how long after it; nothing without `after`. */
  thenIndex: number
  after: Sampler | undefined
}

function toAsked({ name, everyMs, thenAsk }: ClientConfig['requestTypes'][number], config: ClientConfig, requestTypes: readonly string[]): Asked {
  return {
    type: requestTypes.indexOf(name),
    everyUs: msToUs(everyMs),
    thenIndex: config.requestTypes.findIndex((type) => type.name === thenAsk?.name),
    after: thenAsk && createSampler(thenAsk.after),
  }
}

/** The types that share the load, each with the share of all up to and including it. Steady jobs have no share. */
function cumulated(config: ClientConfig): { index: number; upTo: number }[] {
  const sharing = config.requestTypes.flatMap((type, index) => (type.everyMs === 0 ? [{ index, share: type.share }] : []))
  const sum = sharing.reduce((total, { share }) => total + share, 0)
  let upTo = 0
  return sharing.map(({ index, share }) => {
    upTo += share / sum
    return { index, upTo }
  })
}
