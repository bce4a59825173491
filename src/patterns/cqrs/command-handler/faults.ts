import type { FaultSpec } from '../../pattern.ts'

export const commandHandlerFaults: readonly FaultSpec[] = [
  { type: 'conflict-storm', label: 'Conflict storm', words: () => 'has a rival who writes first', perCall: true },
]
