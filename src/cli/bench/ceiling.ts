import { log } from '../../base/math.ts'
import { createStream, type Sfc32 } from '../../base/prng.ts'
import { msToUs, US_PER_SECOND } from '../../base/time.ts'
import { Calls, NOBODY, Phase } from '../../sim/calls.ts'
import { createSampler, type Sampler } from '../../sim/distribution.ts'
import { EventQueue } from '../../sim/event-queue.ts'
import { Outcome, Reason, RecordKind, type TraceBuffer } from '../../sim/record.ts'
import type { ScriptItem } from '../../sim/script.ts'
import { WaitingLines } from '../../sim/waiting-lines.ts'
import type { ChainNumbers } from './blueprints.ts'
import { BreakerBank } from './breaker-bank.ts'
import type { ChainCodes } from './chain-codes.ts'

/** What hand-written code knows of a chain that never changes. */
interface Fixed {
  sampler: Sampler
  meanArrivalUs: number
  deadlineLane: number
  errorShare: number
  workers: number
  queueCapacity: number
}

/**
 * The same chains as `chainBlueprint`, without machines: queue, call records, streams and trace are the engine's, everything
 * that a machine or a behaviour decides is written out here for exactly these three kinds and their settings. What an
 * engine without machines could reach, and it must write the same trace.
 *
 * Chain n has the nodes 3n (client), 3n + 1 (breaker), 3n + 2 (service) and the edges 2n and 2n + 1 between them, so an
 * edge says whose turn it is. Timers: −1 − 2n is the client's tick, −2 − 2n ends the breaker's wait. They are never
 * cancelled, so they need no token.
 */
export class Ceiling {
  nowUs = 0
  events = 0
  requests = 0
  readonly #trace: TraceBuffer
  readonly #codes: ChainCodes
  readonly #script: readonly ScriptItem[]
  #scriptDone = 0
  readonly #calls = new Calls()
  readonly #queue: EventQueue
  readonly #breakers: BreakerBank
  readonly #fixed: Fixed[]
  readonly #arrivalStreams: Sfc32[]
  readonly #latencyStreams: Sfc32[]
  readonly #errorStreams: Sfc32[]
  // Services, by chain.
  readonly #state: Uint8Array
  readonly #busy: Int32Array
  readonly #queued: Int32Array
  readonly #faultShare: Float64Array
  readonly #lines: WaitingLines
  #nextCall = 1
  #current = -1

  constructor(chains: readonly ChainNumbers[], seed: number, script: readonly ScriptItem[], codes: ChainCodes, trace: TraceBuffer) {
    const calls = this.#calls
    this.#queue = new EventQueue((target, token) => calls.token[target] !== token)
    this.#trace = trace
    this.#codes = codes
    this.#script = script
    this.#breakers = new BreakerBank(chains)
    this.#fixed = chains.map((chain) => ({
      sampler: createSampler({ type: 'log-normal', p50Ms: chain.latencyP50Ms, p99Ms: chain.latencyP99Ms }),
      meanArrivalUs: US_PER_SECOND / chain.ratePerSecond,
      deadlineLane: this.#queue.lane(msToUs(chain.deadlineMs)),
      errorShare: chain.errorPercent / 100,
      workers: chain.workers,
      queueCapacity: chain.queueCapacity,
    }))
    this.#arrivalStreams = chains.map((_, chain) => createStream(seed, `client${chain}/arrival`))
    this.#latencyStreams = chains.map((_, chain) => createStream(seed, `service${chain}/latency`))
    this.#errorStreams = chains.map((_, chain) => createStream(seed, `service${chain}/error`))
    this.#state = new Uint8Array(chains.length).fill(codes.idle)
    this.#busy = new Int32Array(chains.length)
    this.#queued = new Int32Array(chains.length)
    this.#faultShare = new Float64Array(chains.length)
    this.#lines = new WaitingLines(chains.length, calls)
    chains.forEach((_, chain) => this.#scheduleArrival(chain))
  }

  runUntil(untilUs: number): void {
    const queue = this.#queue
    for (;;) {
      const item = this.#script[this.#scriptDone]
      const scriptUs = item === undefined ? Infinity : item.atUs
      const limitUs = scriptUs < untilUs ? scriptUs : untilUs
      while (queue.pop(limitUs)) {
        const { target } = queue
        if (target >= 0) {
          if (this.#calls.token[target] === queue.token) this.#handleCall(queue.timeUs, target)
        } else this.#handleTimer(queue.timeUs, -1 - target)
      }
      if (item === undefined || scriptUs > untilUs) break
      this.#playFault(item)
    }
    this.nowUs = untilUs
  }

  #handleTimer(timeUs: number, timer: number): void {
    this.nowUs = timeUs
    this.events += 1
    this.#current = -1
    const chain = timer >> 1
    if ((timer & 1) === 0) {
      this.#ask(chain)
      this.#scheduleArrival(chain)
    } else {
      const { open, halfOpen, waitIsOver } = this.#codes
      this.#transition(3 * chain + 1, open, halfOpen, waitIsOver, this.#breakers.probe(chain, timeUs))
    }
  }

  #handleCall(timeUs: number, call: number): void {
    this.nowUs = timeUs
    this.events += 1
    this.#current = call
    const calls = this.#calls
    const phase = calls.phase[call]
    const edge = calls.edge[call]!
    if (phase === Phase.travelling) {
      calls.phase[call] = Phase.atCallee
      calls.arrivedUs[call] = timeUs
      if ((edge & 1) === 0) this.#acquire(call, edge)
      else this.#arrive(call, edge >> 1)
    } else if (phase === Phase.replying) this.#deliver(call, edge)
    else if (edge < 0) this.#end(call, Outcome.timedOut | (Reason.deadline << 8))
    else this.#workDone(call, edge >> 1)
  }

  #scheduleArrival(chain: number): void {
    const delayUs = Math.round(-this.#fixed[chain]!.meanArrivalUs * log(this.#arrivalStreams[chain]!.nextUnit()))
    this.#queue.push(this.nowUs + delayUs, -1 - 2 * chain, 0)
  }

  #ask(chain: number): void {
    this.requests += 1
    const calls = this.#calls
    const request = calls.openOwn(3 * chain, NOBODY, this.requests, 0, this.nowUs)
    this.#queue.pushConstant(this.#fixed[chain]!.deadlineLane, this.nowUs, request, calls.renewToken(request))
    this.#call(2 * chain, request)
  }

  #end(request: number, ending: number): void {
    const calls = this.#calls
    this.#trace.write(this.nowUs, RecordKind.result, calls.node[request]!, calls.request[request]!, 0, 0, ending, this.nowUs - calls.startUs[request]!)
    calls.release(request)
  }

  #acquire(call: number, edge: number): void {
    if (this.#breakers.acquire(edge >> 1)) this.#call(edge + 1, call)
    else this.#settle(call, edge, Outcome.rejected, Reason.breakerOpen)
  }

  #call(edge: number, parent: number): void {
    const calls = this.#calls
    const from = edge + (edge >> 1)
    const call = calls.openCall(edge, from + 1, parent, this.#nextCall++, this.nowUs)
    this.#trace.write(this.nowUs, RecordKind.call, from, calls.request[call]!, calls.id[call]!, edge, 0, calls.id[parent]!)
    this.#queue.pushNow(this.nowUs, call, calls.renewToken(call))
  }

  #settle(call: number, edge: number, outcome: number, reason: number): void {
    const calls = this.#calls
    calls.outcome[call] = outcome
    calls.reason[call] = reason
    calls.phase[call] = Phase.replying
    const elapsedUs = this.nowUs - calls.startUs[call]!
    const node = edge + (edge >> 1) + 1
    this.#trace.write(this.nowUs, RecordKind.reply, node, calls.request[call]!, calls.id[call]!, edge, outcome | (reason << 8), elapsedUs)
    this.#queue.pushNow(this.nowUs, call, calls.renewToken(call))
  }

  #deliver(call: number, edge: number): void {
    const calls = this.#calls
    const outcome = calls.outcome[call]!
    const reason = calls.reason[call]!
    const elapsedUs = this.nowUs - calls.startUs[call]!
    if (calls.isAwaited(call)) {
      const parent = calls.parent[call]!
      if ((edge & 1) === 0) this.#end(parent, outcome | (reason << 8))
      else {
        this.#judge(edge >> 1, outcome > Outcome.fallback, elapsedUs)
        this.#settle(parent, edge - 1, outcome, reason)
      }
    } else {
      const from = edge + (edge >> 1)
      this.#trace.write(this.nowUs, RecordKind.late, from, calls.request[call]!, calls.id[call]!, edge, outcome | (reason << 8), elapsedUs)
    }
    calls.release(call)
  }

  #judge(chain: number, isFailed: boolean, elapsedUs: number): void {
    const breakers = this.#breakers
    const from = breakers.state[chain]!
    if (!breakers.judge(chain, isFailed, elapsedUs, this.nowUs)) return
    const { breakerStates, success, failure } = this.#codes
    const to = breakers.state[chain]!
    this.#transition(3 * chain + 1, breakerStates[from]!, breakerStates[to]!, isFailed ? failure : success, breakers.evidence)
    if (breakers.isOpen(chain)) this.#queue.push(breakers.untilUs[chain]!, -2 - 2 * chain, 0)
  }

  #arrive(call: number, chain: number): void {
    const { idle, busy, queueing, hung, arrive } = this.#codes
    const state = this.#state[chain]!
    const { workers, queueCapacity } = this.#fixed[chain]!
    if (state !== queueing && this.#busy[chain]! < workers) {
      this.#busy[chain]! += 1
      if (state === idle) this.#become(chain, busy, arrive)
      this.#begin(call, chain)
    } else if (this.#queued[chain]! < queueCapacity) {
      this.#queued[chain]! += 1
      if (state !== queueing && state !== hung) this.#become(chain, queueing, arrive)
      this.#wait(call, chain)
    } else this.#settle(call, 2 * chain + 1, Outcome.rejected, Reason.queueFull)
  }

  #begin(call: number, chain: number): void {
    const calls = this.#calls
    const workUs = this.#fixed[chain]!.sampler.sampleUs(this.#latencyStreams[chain]!)
    if (this.#state[chain] === this.#codes.hung) {
      calls.scratchB[call] = 1
      calls.scratchA[call] = workUs
    } else {
      calls.scratchB[call] = 0
      this.#queue.push(this.nowUs + workUs, call, calls.renewToken(call))
    }
    const waitedUs = this.nowUs - calls.arrivedUs[call]!
    if (waitedUs === 0) return
    const node = 3 * chain + 2
    this.#trace.write(this.nowUs, RecordKind.started, node, calls.request[call]!, calls.id[call]!, this.#busy[chain]!, waitedUs, 0)
  }

  #wait(call: number, chain: number): void {
    const calls = this.#calls
    calls.scratchB[call] = 0
    this.#lines.push(chain, call)
    const node = 3 * chain + 2
    this.#trace.write(this.nowUs, RecordKind.queued, node, calls.request[call]!, calls.id[call]!, this.#queued[chain]!, 0, 0)
  }

  #workDone(call: number, chain: number): void {
    const edge = 2 * chain + 1
    const share = Math.max(this.#faultShare[chain]!, this.#fixed[chain]!.errorShare)
    if (this.#errorStreams[chain]!.nextChance(share)) this.#settle(call, edge, Outcome.failed, Reason.error)
    else this.#settle(call, edge, Outcome.ok, Reason.none)
    const { idle, busy, queueing, done } = this.#codes
    if (this.#queued[chain]! > 0) {
      this.#queued[chain]! -= 1
      if (this.#queued[chain] === 0 && this.#state[chain] === queueing) this.#become(chain, busy, done)
      this.#begin(this.#lines.shift(chain), chain)
    } else {
      this.#busy[chain]! -= 1
      if (this.#busy[chain] === 0 && this.#state[chain] === busy) this.#become(chain, idle, done)
    }
  }

  #playFault(item: ScriptItem): void {
    if (item.what !== 'fault') throw new Error('The benchmark plans faults only.')
    this.nowUs = item.atUs
    this.events += 1
    this.#scriptDone += 1
    this.#current = -1
    const { fault, begins, node, index } = item
    const chain = (node - 2) / 3
    this.#trace.write(this.nowUs, RecordKind.fault, node, 0, 0, fault.type, begins ? 1 : 0, index)
    if (fault.type === this.#codes.errorsFault) this.#faultShare[chain] = begins ? fault.strength / 100 : 0
    else if (begins) this.#become(chain, this.#codes.hung, this.#codes.hang)
    else this.#recover(chain)
  }

  /** What hung goes on where it stopped, then free workers take what waits. */
  #recover(chain: number): void {
    const { idle, busy, queueing, recover } = this.#codes
    const calls = this.#calls
    const free = Math.min(this.#queued[chain]!, this.#fixed[chain]!.workers - this.#busy[chain]!)
    this.#queued[chain]! -= free
    this.#busy[chain]! += free
    this.#become(chain, this.#queued[chain]! > 0 ? queueing : this.#busy[chain]! > 0 ? busy : idle, recover)
    for (const call of calls.at(3 * chain + 2)) {
      if (calls.scratchB[call] !== 1) continue
      calls.scratchB[call] = 0
      this.#queue.push(this.nowUs + calls.scratchA[call]!, call, calls.renewToken(call))
    }
    for (let count = 0; count < free; count += 1) this.#begin(this.#lines.shift(chain), chain)
  }

  #become(chain: number, state: number, signal: number): void {
    this.#transition(3 * chain + 2, this.#state[chain]!, state, signal, 0)
    this.#state[chain] = state
  }

  #transition(node: number, from: number, to: number, signal: number, evidence: number): void {
    const cause = this.#current
    const request = cause < 0 ? 0 : this.#calls.request[cause]!
    const call = cause < 0 ? 0 : this.#calls.id[cause]!
    this.#trace.write(this.nowUs, RecordKind.transition, node, request, call, from | (to << 16), signal, evidence)
  }
}
