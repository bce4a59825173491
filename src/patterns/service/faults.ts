import type { FaultSpec } from '../pattern.ts'

export type ServiceFault = 'hang' | 'crash' | 'pause' | 'slow' | 'errors'

/** Fault types by number, as the engine's script has them. */
export const FAULT_TYPES: readonly ServiceFault[] = ['hang', 'crash', 'pause', 'slow', 'errors']

export const serviceFaults: readonly FaultSpec[] = [
  { type: 'hang', label: 'Hang', words: () => 'hangs' },
  { type: 'crash', label: 'Crash', words: () => 'is down' },
  { type: 'pause', label: 'Pause', words: () => 'is paused' },
  {
    type: 'slow', label: 'Slow', words: (factor) => `is slow ×${factor}`,
    strength: { label: 'Times slower', unit: '×', default: 5, min: 1, max: 1_000 },
  },
  {
    type: 'errors', label: 'Errors', words: (percent) => `fails ${percent} %`,
    strength: { label: 'Share of errors', unit: '%', default: 100, min: 0, max: 100 },
  },
]
