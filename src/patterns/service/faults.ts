import type { FaultSpec } from '../pattern.ts'

/** Faults of the service as a whole: they change its state. */
export type ServiceFault = 'hang' | 'crash' | 'pause' | 'slow' | 'errors'
/** Faults that strike calls one by one as they come in. */
export type CallFault = 'reject' | 'lose-calls' | 'lose-replies' | 'delay' | 'late-replies' | 'duplicate'

/** Fault types by number, as the engine's script has them. */
export const FAULT_TYPES: readonly (ServiceFault | CallFault)[] = [
  'hang', 'crash', 'pause', 'slow', 'errors', 'reject', 'lose-calls', 'lose-replies', 'delay', 'late-replies', 'duplicate',
]

const LATE = { label: 'Late by', unit: 'ms', default: 2_000, min: 0, max: 600_000 }

export const serviceFaults: readonly FaultSpec[] = [
  { type: 'hang', label: 'Hang', words: () => 'hangs' },
  { type: 'crash', label: 'Crash', words: () => 'is down' },
  { type: 'pause', label: 'Pause', words: () => 'is paused' },
  {
    type: 'slow', label: 'Slow', words: (factor) => `is slow ×${factor}`,
    strength: { label: 'Times slower', unit: '×', default: 5, min: 1, max: 1_000 },
  },
  {
    type: 'errors', label: 'Errors', words: (percent) => `fails ${percent} %`, perCall: true,
    strength: { label: 'Share of errors', unit: '%', default: 100, min: 0, max: 100 },
  },
  { type: 'reject', label: 'Decline', words: () => 'declines', perCall: true },
  { type: 'lose-calls', label: 'Lose calls', words: () => 'never gets calls', perCall: true },
  { type: 'lose-replies', label: 'Lose replies', words: () => 'loses its replies', perCall: true },
  { type: 'delay', label: 'Work late', words: (ms) => `works ${ms} ms late`, perCall: true, strength: LATE },
  { type: 'late-replies', label: 'Reply late', words: (ms) => `replies ${ms} ms late`, perCall: true, strength: LATE },
  { type: 'duplicate', label: 'Get calls twice', words: () => 'gets calls twice', perCall: true },
]
