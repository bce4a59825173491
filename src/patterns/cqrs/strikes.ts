import type { FaultInput } from '../../sim/input.ts'
import type { FaultSpec } from '../pattern.ts'

/** A fault under way that strikes calls or events one by one. */
export interface Strike {
  fault: FaultInput
  /** How many it will still strike. */
  left: number
}

/** The faults that strike one by one now. Plain data, replaced and never written into, so that a keyframe may hold it. */
export class Strikes {
  readonly #specs: readonly FaultSpec[]
  #list: readonly Strike[] = []

  constructor(specs: readonly FaultSpec[]) {
    this.#specs = specs
  }

  get isEmpty(): boolean {
    return this.#list.length === 0
  }

  begin(fault: FaultInput): void {
    this.#list = [...this.#list, { fault, left: fault.times }]
  }

  end(fault: FaultInput): void {
    this.#list = this.#list.filter((strike) => strike.fault !== fault)
  }

  /** Whether a fault of this type strikes a call of this request type now, which counts; its strength, or undefined. */
  hit(type: string, requestType: number): number | undefined {
    if (this.#list.length === 0) return undefined
    const found = this.#list.find(
      ({ fault, left }) => left > 0 && this.#specs[fault.type]!.type === type && (fault.requestType < 0 || fault.requestType === requestType),
    )
    if (!found) return undefined
    if (Number.isFinite(found.left)) this.#list = this.#list.map((one) => (one === found ? { ...one, left: one.left - 1 } : one))
    return found.fault.strength
  }

  save(): readonly Strike[] {
    return this.#list
  }

  restore(list: readonly Strike[]): void {
    this.#list = list
  }
}
