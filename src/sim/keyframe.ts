import type { PrngState } from '../base/prng.ts'
import type { CallsState } from './calls.ts'
import type { NodeRuntime } from './contract.ts'
import type { EventQueueState } from './event-queue.ts'
import type { LinesState } from './waiting-lines.ts'

/** The whole run at one instant: enough to continue it, hash-identical, in this kernel or in a fresh one of the same input. */
export interface Keyframe {
  nowUs: number
  events: number
  nextRequest: number
  nextCall: number
  scriptDone: number
  queue: EventQueueState
  calls: CallsState
  lines: LinesState
  timers: Int32Array
  streams: PrngState[]
  machines: MachineState[]
  trace: { count: number; hashA: number; hashB: number } | undefined
}

interface MachineState {
  state: number
  context: unknown
}

export function saveMachines(runtimes: readonly NodeRuntime[]): MachineState[] {
  return runtimes.map(({ instance }) => ({ state: instance.state, context: clonePlain(instance.context) }))
}

/** In place: runtimes hold their instance and its context. */
export function restoreMachines(runtimes: readonly NodeRuntime[], saved: readonly MachineState[]): void {
  runtimes.forEach(({ instance }, index) => {
    const machine = saved[index]!
    instance.state = machine.state
    Object.assign(instance.context as object, clonePlain(machine.context))
  })
}

/** A deep copy of plain data: objects, arrays and primitives. What a machine's context must consist of. */
function clonePlain<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: unknown) => clonePlain(item)) as T
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) copy[key] = clonePlain((value as Record<string, unknown>)[key])
  return copy as T
}

/** Bytes a keyframe's arrays and numbers hold, about. */
export function keyframeBytes(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value === 'number') return 8
  if (typeof value === 'string') return 2 * value.length
  if (typeof value !== 'object' || value === null) return 4
  return Object.values(value).reduce<number>((sum, part) => sum + 8 + keyframeBytes(part), 0)
}
