import type { Family } from './family.ts'
import { queueFamilies } from './families/queues.ts'

/** Every family of oracles there is. An id belongs to the one with the longest prefix that it has. */
export const families: readonly Family[] = [...queueFamilies]
