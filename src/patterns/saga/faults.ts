import { isSameFault, type FaultInput } from '../../sim/input.ts'
import type { FaultSpec } from '../pattern.ts'

/** Where in its work the orchestrator may be struck down; by number as the engine's script has them, 0 a plain crash. */
export const CRASH_POINTS = ['crash', 'crash-before-log', 'crash-after-log', 'crash-after-send', 'crash-after-reply'] as const
export const CrashPoint = { plain: 0, beforeLog: 1, afterLog: 2, afterSend: 3, afterReply: 4, random: 5 } as const

const DOWN = { label: 'Down for', unit: 'ms', default: 1_000, min: 1, max: 600_000 }

export const sagaFaults: readonly FaultSpec[] = [
  { type: 'crash', label: 'Crash', words: () => 'is down' },
  { type: 'crash-before-log', label: 'Crash before logging', words: () => 'crashes before it logs an intent', perCall: true, strength: DOWN },
  { type: 'crash-after-log', label: 'Crash after logging', words: () => 'crashes after it logged an intent', perCall: true, strength: DOWN },
  { type: 'crash-after-send', label: 'Crash after sending', words: () => 'crashes after it sent a call', perCall: true, strength: DOWN },
  { type: 'crash-after-reply', label: 'Crash after a reply', words: () => 'crashes with a reply not yet logged', perCall: true, strength: DOWN },
]

/** A crash point that is armed, and how many crashes are left of it. */
export interface ArmedPoint {
  fault: FaultInput
  left: number
}

/** The crash points armed now. Plain data, replaced and never written into, so that a keyframe may hold it. */
export class CrashPoints {
  #armed: readonly ArmedPoint[] = []

  change(fault: FaultInput, begins: boolean): void {
    const ended = begins ? -1 : this.#armed.findIndex((one) => isSameFault(one.fault, fault))
    this.#armed = begins ? [...this.#armed, { fault, left: fault.times }] : this.#armed.filter((_, index) => index !== ended)
  }

  /** Whether work on a call of this type crashes at this point, which counts; for how many ms, or undefined. */
  strike(point: number, requestType: number): number | undefined {
    if (this.#armed.length === 0) return undefined
    const hit = this.#armed.find(({ fault, left }) => fault.type === point && left > 0 && (fault.requestType < 0 || fault.requestType === requestType))
    if (!hit) return undefined
    this.#armed = this.#armed.map((one) => (one === hit ? { ...one, left: one.left - 1 } : one))
    return hit.fault.strength
  }

  save(): readonly ArmedPoint[] {
    return this.#armed
  }

  restore(armed: readonly ArmedPoint[]): void {
    this.#armed = armed
  }
}
