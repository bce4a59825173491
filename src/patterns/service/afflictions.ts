import { isSameFault, type FaultInput } from '../../sim/input.ts'
import { FAULT_TYPES, type CallFault } from './faults.ts'

/** A fault under way that strikes calls one by one. */
interface Affliction {
  type: CallFault | 'errors'
  fault: FaultInput
  /** Calls it will still strike. */
  left: number
}

/** What has struck a call, as bits of its record while it is worked on. Above them: by how many ms its reply is late. */
export const Struck = { declined: 1, replyLost: 2, failed: 4, lateMsShift: 3 } as const

/** The faults that strike calls now. Plain data, replaced and never written into, so that a keyframe may hold it. */
export class Afflictions {
  #list: readonly Affliction[] = []

  /** Whether the fault is one of these; service-wide ones are the machine's business. */
  static concerns({ type, requestType, times }: FaultInput): boolean {
    const name = FAULT_TYPES[type]
    if (name === 'errors') return requestType >= 0 || Number.isFinite(times)
    return type > FAULT_TYPES.indexOf('errors')
  }

  get isEmpty(): boolean {
    return this.#list.length === 0
  }

  change(fault: FaultInput, begins: boolean): void {
    if (begins) {
      this.#list = [...this.#list, { type: FAULT_TYPES[fault.type] as Affliction['type'], fault, left: fault.times }]
      return
    }
    const ended = this.#list.findIndex((affliction) => isSameFault(affliction.fault, fault))
    this.#list = this.#list.filter((_, index) => index !== ended)
  }

  /** Whether a fault of this type strikes a call of this request type, which counts; its strength, or undefined. */
  strike(type: Affliction['type'], requestType: number): number | undefined {
    const hit = this.#list.find((one) => one.type === type && one.left > 0 && (one.fault.requestType < 0 || one.fault.requestType === requestType))
    if (!hit) return undefined
    if (Number.isFinite(hit.left)) this.#list = this.#list.map((one) => (one === hit ? { ...one, left: one.left - 1 } : one))
    return hit.fault.strength
  }

  /** What strikes a call that work begins on, see {@link Struck}. */
  marksFor(requestType: number): number {
    const lateMs = this.strike('late-replies', requestType) ?? 0
    return (
      (this.strike('reject', requestType) === undefined ? 0 : Struck.declined) |
      (this.strike('lose-replies', requestType) === undefined ? 0 : Struck.replyLost) |
      (this.strike('errors', requestType) === undefined ? 0 : Struck.failed) |
      (Math.round(lateMs) << Struck.lateMsShift)
    )
  }

  save(): readonly Affliction[] {
    return this.#list
  }

  restore(list: readonly Affliction[]): void {
    this.#list = list
  }
}
