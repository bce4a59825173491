import type { BreakerConfig } from '../config.ts'
import type { BreakerState } from '../signals.ts'

/** What is done to a breaker, at a time in microseconds that never goes back. */
export type Deed = { atUs: number } & (
  | { op: 'acquire' | 'ignored' | 'release' | 'reset' | 'look' }
  | { op: 'success' | 'failure'; durationUs: number }
  | { op: 'force'; to: BreakerState }
  | { op: 'openFor'; waitUs: number }
  | { op: 'openUntil'; untilUs: number }
)

/** What can be seen of a breaker after a deed. */
export interface Sight {
  state: string
  permitted: boolean | undefined
  refusedForce: boolean
  rates: [failure: number, slow: number]
  counts: [buffered: number, failed: number, slow: number, slowFailed: number, notPermitted: number]
  published: number
  lastPublished: string[]
}

interface Finished {
  atUs: number
  isFailed: boolean
  isSlow: boolean
}

/** What resilience4j keeps per metrics object: which calls count, and how many are needed. */
interface Measured {
  keeps: 'calls' | 'seconds'
  size: number
  minimum: number
  finished: Finished[]
  notPermitted: number
}

const SECOND_US = 1_000_000
const SILENT: readonly BreakerState[] = ['DISABLED', 'FORCED_OPEN']

/**
 * The breaker again, written from the text of the specification and from nothing else: every call ever made is kept and
 * counted anew each time. Slow, obvious, and the judge of the machine in the property test.
 */
export class ReferenceBreaker {
  readonly #config: BreakerConfig
  #nowUs = 0
  #state: BreakerState
  #measured: Measured
  #permitsLeft = 0
  #attempts = 0
  #openUntilUs = 0
  #alarm: { dueUs: number; to: BreakerState } | undefined
  #told: string[] = []
  #published: string[] = []

  constructor(config: BreakerConfig) {
    this.#config = config
    this.#state = config.initialState
    this.#measured = this.#measure('CLOSED')
    if (['OPEN', 'HALF_OPEN', 'FORCED_OPEN'].includes(config.initialState)) this.#attempts = 1
    if (config.initialState === 'OPEN') this.#waitInOpen(this.#grownWaitUs(1))
    else this.#begin(config.initialState)
  }

  do(deed: Deed): Sight {
    while (this.#alarm && this.#alarm.dueUs <= deed.atUs) this.#ring(this.#alarm)
    this.#nowUs = deed.atUs
    const before = this.#published.length
    const answer = this.#perform(deed)
    const { finished, failed, slow, slowFailed } = this.#count()
    return {
      state: this.#state,
      permitted: undefined,
      refusedForce: false,
      ...answer,
      rates: [this.#rate(failed), this.#rate(slow)],
      counts: [finished, failed, slow, slowFailed, this.#measured.notPermitted],
      published: this.#published.length,
      lastPublished: this.#published.slice(before),
    }
  }

  #perform(deed: Deed): Partial<Sight> {
    switch (deed.op) {
      case 'acquire':
        return { permitted: this.#acquire() }
      case 'success':
      case 'failure':
        this.#finish(deed.op === 'failure', deed.durationUs)
        return {}
      case 'ignored':
        if (this.#state === 'HALF_OPEN') this.#permitsLeft += 1
        this.#publish('IGNORED_ERROR')
        return {}
      case 'release':
        if (this.#state === 'HALF_OPEN') this.#permitsLeft += 1
        return {}
      case 'look':
        return {}
      case 'reset':
        this.#moveTo('CLOSED')
        this.#published.push('RESET')
        return {}
      case 'force':
        return { refusedForce: !this.#force(deed.to) }
      case 'openFor':
        return { refusedForce: !this.#force('OPEN', deed.waitUs) }
      case 'openUntil':
        return { refusedForce: !this.#force('OPEN', deed.untilUs - this.#nowUs) }
    }
  }

  #acquire(): boolean {
    if (this.#state === 'CLOSED' || this.#state === 'DISABLED' || this.#state === 'METRICS_ONLY') return true
    if (this.#state === 'OPEN' && this.#nowUs > this.#openUntilUs) this.#moveTo('HALF_OPEN')
    if (this.#state === 'HALF_OPEN' && this.#permitsLeft > 0) {
      this.#permitsLeft -= 1
      return true
    }
    this.#measured.notPermitted += 1
    this.#publish('NOT_PERMITTED')
    return false
  }

  #finish(isFailed: boolean, durationUs: number): void {
    this.#publish(isFailed ? 'ERROR' : 'SUCCESS')
    if (SILENT.includes(this.#state)) return
    const isSlow = durationUs > this.#config.slowCallDurationThresholdMs * 1_000
    this.#measured.finished.push({ atUs: this.#nowUs, isFailed, isSlow })
    const { finished, failed, slow } = this.#count()
    if (finished < this.#measured.minimum) return
    const exceeded = [
      ...(this.#rate(failed) >= float(this.#config.failureRateThreshold) ? ['FAILURE_RATE_EXCEEDED'] : []),
      ...(this.#rate(slow) >= float(this.#config.slowCallRateThreshold) ? ['SLOW_CALL_RATE_EXCEEDED'] : []),
    ]
    if (this.#state === 'METRICS_ONLY') this.#tellOnce(exceeded)
    if (this.#state === 'HALF_OPEN') this.#moveTo(exceeded.length > 0 ? 'OPEN' : 'CLOSED')
    else if (this.#state === 'CLOSED' && exceeded.length > 0) {
      exceeded.forEach((event) => this.#publish(event))
      this.#moveTo('OPEN')
    }
  }

  #tellOnce(exceeded: string[]): void {
    for (const event of exceeded) {
      if (this.#told.includes(event)) continue
      this.#told.push(event)
      this.#publish(event)
    }
  }

  #force(to: BreakerState, waitUs?: number): boolean {
    const isIllegal =
      (this.#state === 'CLOSED' && to === 'HALF_OPEN') || (this.#state === 'METRICS_ONLY' && (to === 'OPEN' || to === 'HALF_OPEN'))
    if (!isIllegal) this.#moveTo(to, waitUs)
    return !isIllegal
  }

  #moveTo(to: BreakerState, waitUs?: number): void {
    const from = this.#state
    this.#alarm = undefined
    this.#state = to
    if (to === 'OPEN' && waitUs === undefined) this.#attempts += 1
    if (to === 'OPEN') this.#waitInOpen(waitUs ?? this.#grownWaitUs(this.#attempts))
    else this.#begin(to)
    if (to === 'FORCED_OPEN') this.#attempts += 1
    if (to === 'CLOSED' || to === 'DISABLED' || to === 'METRICS_ONLY') this.#attempts = 0
    if (from !== to) this.#published.push('STATE_TRANSITION')
  }

  #waitInOpen(waitUs: number): void {
    this.#openUntilUs = this.#nowUs + waitUs
    if (this.#config.automaticTransitionFromOpenToHalfOpen) this.#setAlarm(waitUs, 'HALF_OPEN')
  }

  #begin(state: BreakerState): void {
    this.#measured = this.#measure(state)
    this.#told = []
    if (state !== 'HALF_OPEN') return
    this.#permitsLeft = this.#config.permittedNumberOfCallsInHalfOpenState
    const { maxWaitDurationInHalfOpenStateMs: maxWaitMs, transitionToStateAfterWaitDuration: then } = this.#config
    if (maxWaitMs > 0) this.#setAlarm(maxWaitMs * 1_000, then)
  }

  #setAlarm(delayUs: number, to: BreakerState): void {
    this.#alarm = { dueUs: this.#nowUs + Math.max(0, delayUs), to }
  }

  #ring(alarm: { dueUs: number; to: BreakerState }): void {
    this.#nowUs = alarm.dueUs
    this.#moveTo(alarm.to)
  }

  /** The n-th opening's wait: first wait, then each time the one before times the multiplier, in whole milliseconds. */
  #grownWaitUs(opening: number): number {
    const { waitDurationInOpenStateMs, waitMultiplier, waitMaxMs } = this.#config
    const waitsMs = [waitDurationInOpenStateMs]
    while (waitsMs.length < opening) waitsMs.push(Math.floor(waitsMs.at(-1)! * waitMultiplier))
    const waitMs = waitsMs.at(-1)!
    return 1_000 * (waitMultiplier > 1 && waitMaxMs > 0 ? Math.min(waitMs, waitMaxMs) : waitMs)
  }

  #measure(state: BreakerState): Measured {
    const { slidingWindowType, slidingWindowSize, minimumNumberOfCalls, permittedNumberOfCallsInHalfOpenState } = this.#config
    const nothing = { finished: [], notPermitted: 0 }
    if (SILENT.includes(state)) return { keeps: 'calls', size: 0, minimum: 0, ...nothing }
    const isProbing = state === 'HALF_OPEN'
    if (!isProbing && slidingWindowType === 'TIME_BASED') {
      return { keeps: 'seconds', size: slidingWindowSize, minimum: minimumNumberOfCalls, ...nothing }
    }
    const size = isProbing ? permittedNumberOfCallsInHalfOpenState : slidingWindowSize
    return { keeps: 'calls', size, minimum: Math.min(minimumNumberOfCalls, size), ...nothing }
  }

  #count() {
    const { keeps, size, finished } = this.#measured
    const second = Math.floor(this.#nowUs / SECOND_US)
    const kept =
      keeps === 'calls'
        ? finished.slice(Math.max(0, finished.length - size))
        : finished.filter(({ atUs }) => Math.floor(atUs / SECOND_US) > second - size)
    return {
      finished: kept.length,
      failed: kept.filter((call) => call.isFailed).length,
      slow: kept.filter((call) => call.isSlow).length,
      slowFailed: kept.filter((call) => call.isFailed && call.isSlow).length,
    }
  }

  #rate(count: number): number {
    const { finished } = this.#count()
    if (finished === 0 || finished < this.#measured.minimum) return -1
    return float(float(count * 100) / finished)
  }

  #publish(event: string): void {
    if (!SILENT.includes(this.#state)) this.#published.push(event)
  }
}

/** Rounded to 32 bits, by storing it in 32 bits. */
function float(value: number): number {
  return new Float32Array([value])[0]!
}
