import { SharedColumns } from '../base/columns.ts'
import type { NodeRuntime } from './contract.ts'

/** The whole run at one instant: enough to continue it, hash-identical, in this kernel or in a fresh one of the same input. */
export interface Keyframe {
  nowUs: number
  events: number
  nextRequest: number
  nextCall: number
  scriptDone: number
  /** What each {@link KeyframePart} stored, in their order. */
  parts: unknown[]
  machines: MachineState[]
}

/** Something that remembers, apart from the machines. */
export interface KeyframePart {
  save(): unknown
  /** Takes back what it gave. */
  restore(state: never): void
}

interface MachineState {
  state: number
  context: unknown
  /** What the runtime itself remembers. */
  memory: unknown
}

export function saveMachines(runtimes: readonly NodeRuntime[]): MachineState[] {
  return runtimes.map((runtime) => {
    const { state, context } = runtime.instance
    return { state, context: clonePlain(context), memory: runtime.save() }
  })
}

/** In place: runtimes hold their instance and its context. */
export function restoreMachines(runtimes: readonly NodeRuntime[], saved: readonly MachineState[]): void {
  runtimes.forEach((runtime, index) => {
    const { instance } = runtime
    const machine = saved[index]!
    instance.state = machine.state
    Object.assign(instance.context as object, clonePlain(machine.context))
    runtime.restore(machine.memory)
  })
}

/** A deep copy of plain data: objects, arrays and primitives. What a machine's context must consist of. */
export function clonePlain<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: unknown) => clonePlain(item)) as T
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) copy[key] = clonePlain((value as Record<string, unknown>)[key])
  return copy as T
}

/** Bytes a keyframe's arrays and numbers hold, about. */
export function keyframeBytes(value: unknown): number {
  if (value instanceof SharedColumns) return 0
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value === 'number') return 8
  if (typeof value === 'string') return 2 * value.length
  if (typeof value !== 'object' || value === null) return 4
  return Object.values(value).reduce<number>((sum, part) => sum + 8 + keyframeBytes(part), 0)
}
