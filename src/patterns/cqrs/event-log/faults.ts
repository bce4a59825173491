import type { FaultSpec } from '../../pattern.ts'

export const eventLogFaults: readonly FaultSpec[] = [
  {
    type: 'late-commit', label: 'Commit late', words: (ms) => `commits ${ms} ms late`, perCall: true,
    strength: { label: 'Late by', unit: 'ms', default: 500, min: 0, max: 600_000 },
  },
  { type: 'roll-back', label: 'Roll back', words: () => 'rolls back', perCall: true },
  {
    type: 'slow', label: 'Slow', words: (factor) => `commits ×${factor} slower`,
    strength: { label: 'Times slower', unit: '×', default: 5, min: 1, max: 1_000 },
  },
]
