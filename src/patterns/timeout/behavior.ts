import { msToUs } from '../../base/time.ts'
import { NodeRuntime } from '../../sim/contract.ts'
import type { Kernel } from '../../sim/contract.ts'
import { Outcome, Reason } from '../../sim/record.ts'
import type { TimeoutConfig } from './config.ts'
import { timeoutMachine, type TimeoutContext, type TimeoutSignal } from './machine.ts'

const CALL: TimeoutSignal = { type: 'CALL' }
const REPLY: TimeoutSignal = { type: 'REPLY' }
const EXPIRE: TimeoutSignal = { type: 'EXPIRE' }

/** Forwards a call and stops waiting for its answer after a while. What runs downstream is not cancelled. */
export class TimeoutRuntime extends NodeRuntime<TimeoutContext, TimeoutSignal> {
  readonly #lane: number
  readonly #call: number
  readonly #reply: number
  readonly #expire: number

  constructor(kernel: Kernel, node: number, config: TimeoutConfig) {
    super(kernel, node, kernel.machine(timeoutMachine), undefined)
    this.#lane = kernel.lane(msToUs(config.timeoutMs))
    this.#call = this.machine.signal('CALL')
    this.#reply = this.machine.signal('REPLY')
    this.#expire = this.machine.signal('EXPIRE')
  }

  override onCall(call: number): void {
    const { kernel } = this
    const edge = kernel.network.firstRoute(this.node, kernel.calls.type[call]!)
    if (edge < 0) {
      kernel.refuseUnrouted(call)
      return
    }
    this.send(this.#call, CALL)
    kernel.scheduleConstant(call, this.#lane)
    kernel.call(edge, call)
  }

  override onReply(call: number, child: number): void {
    const { calls } = this.kernel
    this.send(this.#reply, REPLY)
    this.kernel.unschedule(call)
    this.kernel.settle(call, calls.outcome[child]!, calls.reason[child]!)
  }

  override onTimer(call: number): void {
    this.send(this.#expire, EXPIRE)
    this.kernel.settle(call, Outcome.timedOut, Reason.timeout)
  }
}
