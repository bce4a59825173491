import { pow } from '../../base/math.ts'
import type { Sfc32 } from '../../base/prng.ts'
import { msToUs } from '../../base/time.ts'
import { NodeRuntime } from '../../sim/contract.ts'
import type { Kernel } from '../../sim/contract.ts'
import { Outcome } from '../../sim/record.ts'
import type { RetryConfig } from './config.ts'
import { retryMachine, type RetryContext, type RetrySignal } from './machine.ts'

/** Calls again after a failure, with growing, spread-out waits. A call's `scratchA` is the number of its attempt. */
export class RetryRuntime extends NodeRuntime<RetryContext, RetrySignal> {
  readonly #config: RetryConfig
  readonly #jitterStream: Sfc32
  readonly #success: RetrySignal = { type: 'SUCCESS', attempt: 0 }
  readonly #failure: RetrySignal = { type: 'FAILURE', attempt: 0 }
  readonly #notRetryable: RetrySignal = { type: 'NOT_RETRYABLE', attempt: 0 }
  readonly #repeatLater: number

  constructor(kernel: Kernel, node: number, config: RetryConfig) {
    super(kernel, node, kernel.machine(retryMachine), { maximumAttempts: config.maximumAttempts })
    this.#config = config
    this.#jitterStream = kernel.nodeStream(node, 'jitter')
    this.#repeatLater = this.machine.effect('repeatLater')
  }

  override onCall(call: number): void {
    this.kernel.calls.scratchA[call] = 1
    this.#attempt(call)
  }

  override onTimer(call: number): void {
    this.#attempt(call)
  }

  override onReply(call: number, child: number): void {
    const { calls } = this.kernel
    const attempt = calls.scratchA[call]!
    const outcome = calls.outcome[child]!
    const signal = this.#signalFor(outcome)
    signal.attempt = attempt
    this.send(this.machine.signal(signal.type), signal)
    if (this.machine.effectIds[0] === this.#repeatLater) {
      calls.scratchA[call] = attempt + 1
      this.kernel.schedule(call, this.#waitUs(attempt))
    } else this.kernel.settle(call, outcome, calls.reason[child]!)
  }

  #attempt(call: number): void {
    const edge = this.kernel.network.firstRoute(this.node, this.kernel.calls.type[call]!)
    if (edge < 0) this.kernel.refuseUnrouted(call)
    else this.kernel.call(edge, call)
  }

  #signalFor(outcome: number): RetrySignal {
    if (outcome <= Outcome.fallback) return this.#success
    return outcome === Outcome.rejected && !this.#config.retryOnRejected ? this.#notRetryable : this.#failure
  }

  #waitUs(attempt: number): number {
    const { initialIntervalMs, backoffCoefficient, maximumIntervalMs, jitter } = this.#config
    const grown = initialIntervalMs * pow(backoffCoefficient, attempt - 1)
    const waitMs = Math.min(grown, Math.max(maximumIntervalMs, initialIntervalMs))
    // Drawn in every case, so that switching jitter off keeps all later draws in step.
    const share = this.#jitterStream.nextUnit()
    if (jitter === 'full') return msToUs(waitMs * share)
    return msToUs(jitter === 'equal' ? (waitMs * (1 + share)) / 2 : waitMs)
  }
}
