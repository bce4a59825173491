import { NodeRuntime, type Kernel } from '../../sim/contract.ts'
import type { Signal } from '../../sim/input.ts'
import { Outcome, Reason } from '../../sim/record.ts'
import type { BreakerConfig } from './config.ts'
import { createBreakerMachine } from './machine.ts'
import { readByHand, type Acquire, type BreakerContext, type BreakerSignal, type Result } from './signals.ts'

/**
 * Asks the machine whether a call may pass, forwards it over the one way out, and reports how it ended. Refused calls, and
 * failed ones if so configured, are answered with the fallback; the reason stays on the record.
 */
export class BreakerRuntime extends NodeRuntime<BreakerContext, BreakerSignal> {
  readonly #config: BreakerConfig
  // One event object per signal, filled anew each time: the hot path allocates nothing.
  readonly #acquire: Acquire = { type: 'ACQUIRE', nowUs: 0 }
  readonly #success: Result = { type: 'SUCCESS', nowUs: 0, durationUs: 0 }
  readonly #failure: Result = { type: 'FAILURE', nowUs: 0, durationUs: 0 }
  readonly #acquireCode: number
  readonly #successCode: number
  readonly #failureCode: number
  readonly #permitCode: number

  constructor(kernel: Kernel, node: number, config: BreakerConfig) {
    super(kernel, node, kernel.machine(createBreakerMachine(config)), undefined)
    this.#config = config
    this.#acquireCode = this.machine.signal('ACQUIRE')
    this.#successCode = this.machine.signal('SUCCESS')
    this.#failureCode = this.machine.signal('FAILURE')
    this.#permitCode = this.machine.effect('permit')
  }

  override onCall(call: number): void {
    const { kernel } = this
    const edge = kernel.network.firstRoute(this.node, kernel.calls.type[call]!)
    if (edge < 0) {
      kernel.refuseUnrouted(call)
      return
    }
    this.#acquire.nowUs = kernel.nowUs
    this.send(this.#acquireCode, this.#acquire)
    if (this.machine.effectIds[0] === this.#permitCode) kernel.call(edge, call)
    else kernel.settle(call, this.#config.fallbackOn === 'none' ? Outcome.rejected : Outcome.fallback, Reason.breakerOpen)
  }

  override onReply(call: number, child: number): void {
    const { calls, nowUs } = this.kernel
    const outcome = calls.outcome[child]!
    const isSuccess = outcome <= Outcome.fallback
    const result = isSuccess ? this.#success : this.#failure
    result.nowUs = nowUs
    result.durationUs = nowUs - calls.startUs[child]!
    this.send(isSuccess ? this.#successCode : this.#failureCode, result)
    const fallsBack = !isSuccess && this.#config.fallbackOn === 'rejected-or-failed'
    this.kernel.settle(call, fallsBack ? Outcome.fallback : outcome, calls.reason[child]!)
  }

  /** By hand, as recorded in a blueprint: `{ type: 'FORCE', to: 'FORCED_OPEN' }`. What makes no sense is passed over. */
  override onSignal(signal: Signal): void {
    const byHand = readByHand({ ...signal }, this.kernel.nowUs)
    if (byHand) this.send(this.machine.signal(byHand.type), byHand)
  }

  override evidence(): number {
    return this.instance.context.evidence
  }
}
