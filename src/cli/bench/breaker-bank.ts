import { msToUs } from '../../base/time.ts'
import type { ChainNumbers } from './blueprints.ts'

export const CLOSED = 0
export const OPEN = 1
export const HALF_OPEN = 2

/**
 * Resilience4j's breaker with a count window, written by hand for the ceiling: one column per quantity, the window a ring of
 * bytes, both thresholds tables of how many of so many calls reach them. Only what the benchmark's settings need.
 */
export class BreakerBank {
  readonly state: Uint8Array
  readonly untilUs: Float64Array
  /** Why the last change of state happened, packed as the catalogue's breaker packs it. */
  evidence = 0
  readonly #sinceUs: Float64Array
  readonly #waitUs: Float64Array
  readonly #slowUs: Float64Array
  readonly #permits: Int32Array
  readonly #size: Int32Array
  readonly #calls: Int32Array
  readonly #failed: Int32Array
  readonly #slow: Int32Array
  readonly #next: Int32Array
  readonly #windowSize: Int32Array
  readonly #probes: Int32Array
  readonly #minimum: Int32Array
  /** One ring of {@link #stride} bytes for each chain; bit 0 failed, bit 1 slow. */
  readonly #rings: Uint8Array
  readonly #stride: number
  /** By chain and number of calls: how many must have failed, or been slow. */
  readonly #failedFrom: Int32Array
  readonly #slowFrom: Int32Array

  constructor(chains: readonly ChainNumbers[]) {
    const ints = (value: (chain: ChainNumbers) => number): Int32Array => Int32Array.from(chains, value)
    const count = chains.length
    this.state = new Uint8Array(count)
    this.untilUs = new Float64Array(count)
    this.#sinceUs = new Float64Array(count)
    this.#waitUs = Float64Array.from(chains, ({ openMs }) => msToUs(openMs))
    this.#slowUs = Float64Array.from(chains, ({ slowMs }) => msToUs(slowMs))
    this.#permits = new Int32Array(count)
    this.#size = ints(({ windowSize }) => windowSize)
    this.#calls = new Int32Array(count)
    this.#failed = new Int32Array(count)
    this.#slow = new Int32Array(count)
    this.#next = new Int32Array(count)
    this.#windowSize = ints(({ windowSize }) => windowSize)
    this.#probes = ints(({ probes }) => probes)
    this.#minimum = ints(({ minimumCalls }) => minimumCalls)
    this.#stride = Math.max(...chains.map(({ windowSize, probes }) => Math.max(windowSize, probes) + 1))
    this.#rings = new Uint8Array(count * this.#stride)
    this.#failedFrom = this.#thresholds(chains.map(({ failurePercent }) => failurePercent))
    this.#slowFrom = this.#thresholds(chains.map(({ slowPercent }) => slowPercent))
  }

  isOpen(chain: number): boolean {
    return this.state[chain] === OPEN
  }

  /** Whether a call may pass. The wait in OPEN ends by timer only. */
  acquire(chain: number): boolean {
    const state = this.state[chain]
    if (state === CLOSED) return true
    if (state === OPEN || this.#permits[chain] === 0) return false
    this.#permits[chain]! -= 1
    return true
  }

  /** A call ended; true when that changed the state. */
  judge(chain: number, isFailed: boolean, elapsedUs: number, nowUs: number): boolean {
    this.#record(chain, (isFailed ? 1 : 0) | (elapsedUs > this.#slowUs[chain]! ? 2 : 0))
    const state = this.state[chain]
    if (state === OPEN) return false
    const calls = this.#calls[chain]!
    const minimum = state === CLOSED ? this.#minimum[chain]! : Math.min(this.#minimum[chain]!, this.#probes[chain]!)
    if (calls < minimum) return false
    const at = chain * this.#stride + calls
    if (this.#failed[chain]! >= this.#failedFrom[at]! || this.#slow[chain]! >= this.#slowFrom[at]!) this.#open(chain, nowUs)
    else if (state === HALF_OPEN) this.#close(chain, nowUs)
    else return false
    return true
  }

  /** The wait is over; gives the evidence. */
  probe(chain: number, nowUs: number): number {
    const waitedMs = Math.round((this.untilUs[chain]! - this.#sinceUs[chain]!) / 1_000)
    this.state[chain] = HALF_OPEN
    this.#permits[chain] = this.#probes[chain]!
    this.#sinceUs[chain] = nowUs
    this.#empty(chain, this.#probes[chain]!)
    return waitedMs
  }

  #record(chain: number, result: number): void {
    const size = this.#size[chain]!
    const next = this.#next[chain]!
    const at = chain * this.#stride + next
    const old = this.#rings[at]!
    this.#rings[at] = result
    if (this.#calls[chain]! < size) this.#calls[chain]! += 1
    this.#failed[chain]! += (result & 1) - (old & 1)
    this.#slow[chain]! += (result >> 1) - (old >> 1)
    this.#next[chain] = next + 1 === size ? 0 : next + 1
  }

  #open(chain: number, nowUs: number): void {
    this.evidence = this.#packed(chain)
    this.state[chain] = OPEN
    this.#sinceUs[chain] = nowUs
    this.untilUs[chain] = nowUs + this.#waitUs[chain]!
  }

  #close(chain: number, nowUs: number): void {
    this.evidence = this.#packed(chain)
    this.state[chain] = CLOSED
    this.#sinceUs[chain] = nowUs
    this.#empty(chain, this.#windowSize[chain]!)
  }

  #empty(chain: number, size: number): void {
    this.#size[chain] = size
    this.#calls[chain] = 0
    this.#failed[chain] = 0
    this.#slow[chain] = 0
    this.#next[chain] = 0
    this.#rings.fill(0, chain * this.#stride, (chain + 1) * this.#stride)
  }

  #packed(chain: number): number {
    return this.#calls[chain]! | (this.#failed[chain]! << 10) | (this.#slow[chain]! << 20)
  }

  /** Resilience4j compares rates in 32-bit arithmetic; a table made once spares the division. */
  #thresholds(percents: readonly number[]): Int32Array {
    const table = new Int32Array(percents.length * this.#stride)
    percents.forEach((percent, chain) => {
      for (let calls = 1; calls < this.#stride; calls += 1) {
        let count = 1
        while (count <= calls && Math.fround(Math.fround(count * 100) / Math.fround(calls)) < Math.fround(percent)) count += 1
        table[chain * this.#stride + calls] = count
      }
    })
    return table
  }
}
