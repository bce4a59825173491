import { UsageError } from '../lib/arguments.ts'

/** What an oracle's number must be. */
export interface Bounds {
  /** At least. */
  min?: number
  max?: number
  /** More than. */
  above?: number
  isWhole?: boolean
}

/**
 * The numbers of one oracle, read by name. What is not there or out of bounds is a {@link UsageError} that names place, value
 * and rule: a run with other numbers than the oracle's would prove nothing.
 */
export class Params {
  readonly #place: string
  readonly #values: Readonly<Record<string, unknown>>
  readonly #read = new Set<string>()

  constructor(place: string, values: Readonly<Record<string, unknown>>) {
    this.#place = `${place}.params`
    this.#values = values
  }

  number(name: string, bounds: Bounds): number {
    return this.#check(name, this.#value(name), bounds)
  }

  /** A list of at least one number. */
  numbers(name: string, bounds: Bounds): number[] {
    const value = this.#value(name)
    if (!Array.isArray(value) || value.length === 0) throw this.problem(name, 'is not a list of numbers')
    return value.map((entry: unknown, index) => this.#check(`${name}[${index}]`, entry, bounds))
  }

  text(name: string): string {
    const value = this.#value(name)
    if (typeof value !== 'string') throw this.problem(name, 'is not a text')
    return value
  }

  /** As {@link number}, when it is there. */
  optional(name: string, bounds: Bounds): number | undefined {
    return Object.hasOwn(this.#values, name) ? this.number(name, bounds) : undefined
  }

  /** Names nobody asked for: what they mean is not part of the run. */
  unread(): string[] {
    return Object.keys(this.#values).filter((name) => !this.#read.has(name))
  }

  /** `oracles[3].params.mu: 0 is not above 0` */
  problem(name: string, rule: string): UsageError {
    const value = Object.hasOwn(this.#values, name) ? `${JSON.stringify(this.#values[name])} ` : ''
    return new UsageError(`${this.#place}.${name}: ${value}${rule}`)
  }

  #value(name: string): unknown {
    if (!Object.hasOwn(this.#values, name)) throw this.problem(name, 'is missing')
    this.#read.add(name)
    return this.#values[name]
  }

  #check(name: string, value: unknown, { min, max, above, isWhole }: Bounds): number {
    const refuse = (rule: string): UsageError => new UsageError(`${this.#place}.${name}: ${JSON.stringify(value)} ${rule}`)
    if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse('is not a number')
    if (isWhole === true && !Number.isInteger(value)) throw refuse('is not a whole number')
    if (above !== undefined && value <= above) throw refuse(`is not above ${above}`)
    if (min !== undefined && value < min) throw refuse(`is below ${min}`)
    if (max !== undefined && value > max) throw refuse(`is above ${max}`)
    return value
  }
}

/** A rate, a time: any number above 0. */
export const POSITIVE: Bounds = { above: 0 }
export const COUNT: Bounds = { min: 1, isWhole: true }
export const PROBABILITY: Bounds = { min: 0, max: 1 }
