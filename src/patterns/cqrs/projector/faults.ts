import type { FaultSpec } from '../../pattern.ts'

const DOWN = { label: 'Down for', unit: 'ms', default: 500, min: 0, max: 600_000 }
const LATE = { label: 'Held back by', unit: 'ms', default: 200, min: 0, max: 600_000 }

export const projectorFaults: readonly FaultSpec[] = [
  { type: 'stop', label: 'Stop', words: () => 'stands still' },
  { type: 'crash', label: 'Crash', words: () => 'is down' },
  {
    type: 'slow', label: 'Slow', words: (factor) => `is slow ×${factor}`,
    strength: { label: 'Times slower', unit: '×', default: 5, min: 1, max: 1_000 },
  },
  { type: 'poison', label: 'Poison event', words: () => 'gets a poison event', perCall: true },
  { type: 'duplicate', label: 'Deliver twice', words: () => 'gets events twice', perCall: true },
  { type: 'reorder', label: 'Out of order', words: (ms) => `gets events ${ms} ms late`, perCall: true, strength: LATE },
  { type: 'drop', label: 'Lose events', words: () => 'never gets events', perCall: true },
  { type: 'crash-before-handling', label: 'Crash before handling', words: () => 'crashes before handling', perCall: true, strength: DOWN },
  { type: 'crash-after-handling', label: 'Crash after handling', words: () => 'crashes after handling', perCall: true, strength: DOWN },
  { type: 'crash-before-checkpoint', label: 'Crash before the checkpoint', words: () => 'crashes before the checkpoint', perCall: true, strength: DOWN },
  { type: 'crash-after-checkpoint', label: 'Crash after the checkpoint', words: () => 'crashes after the checkpoint', perCall: true, strength: DOWN },
  { type: 'checkpoint-loss', label: 'Lose the checkpoint', words: () => 'lost its checkpoint' },
]
