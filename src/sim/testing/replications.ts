import { mean, standardError } from '../../base/stats.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import { compileBlueprint } from '../../model/compile.ts'
import { Engine } from '../engine.ts'
import { RecordKind, TraceBuffer } from '../record.ts'

/** What one customer met. Times in microseconds. */
export interface Customer {
  elapsedUs: number
  outcome: number
}

export interface Stretch {
  /** Customers left out at the beginning. */
  warmUp: number
  measured: number
}

/** Sees records as they are written and keeps none: a run of a million customers needs no ring and no hash. */
class Tap extends TraceBuffer {
  ended = 0
  readonly #stretch: Stretch
  readonly #see: (customer: Customer) => void
  readonly #at: number | undefined
  readonly #customer: Customer = { elapsedUs: 0, outcome: 0 }

  constructor(stretch: Stretch, see: (customer: Customer) => void, at: number | undefined) {
    super(1)
    this.#stretch = stretch
    this.#see = see
    this.#at = at
  }

  override write(_timeUs: number, kind: number, node: number, _request: number, _call: number, _a: number, b: number, c: number): void {
    if (this.#at === undefined ? kind !== RecordKind.result : kind !== RecordKind.reply || node !== this.#at) return
    const { warmUp, measured } = this.#stretch
    this.ended += 1
    if (this.ended <= warmUp || this.ended > warmUp + measured) return
    this.#customer.elapsedUs = c
    this.#customer.outcome = b & 0xff
    this.#see(this.#customer)
  }
}

/** Runs until enough requests have ended and gives each to `see`; with `at`, the answers of that node instead. */
export function runCustomers(of: Blueprint, stretch: Stretch, see: (customer: Customer) => void, at?: number): void {
  const tap = new Tap(stretch, see, at)
  const engine = new Engine(compileBlueprint(of).input, { trace: tap })
  while (tap.ended < stretch.warmUp + stretch.measured) engine.runUntil(Infinity, 2_000)
}

/** An estimate from independent replications, to be compared with a number from theory. */
export interface Estimate {
  value: number
  error: number
}

export const estimate = (values: readonly number[]): Estimate => ({ value: mean(values), error: standardError(values) })

/** A share estimated by replications; its error is never taken to be smaller than that of independent customers. */
export function estimateShare(shares: readonly number[], expected: number, customers: number): Estimate {
  const { value, error } = estimate(shares)
  return { value, error: Math.max(error, Math.sqrt((expected * (1 - expected)) / customers)) }
}

/**
 * A percentile of the pooled customers; pooled, because the quantiles of single replications are biased. Its error is that of
 * the share of customers below it, divided by how densely they lie there.
 */
export function estimateQuantile(replications: readonly Float64Array[], q: number): Estimate {
  const pooled = new Float64Array(replications.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const times of replications) {
    pooled.set(times, at)
    at += times.length
  }
  pooled.sort()
  const value = pooled[Math.ceil(q * pooled.length) - 1]!
  const below = replications.map((times) => times.filter((time) => time <= value).length / times.length)
  const density = (rankOf(pooled, value * 1.03) - rankOf(pooled, value * 0.97)) / pooled.length / (0.06 * value)
  return { value, error: estimateShare(below, q, pooled.length).error / density }
}

function rankOf(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}
