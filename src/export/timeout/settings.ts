import type { Source } from '../exporter.ts'
import { planNames, type PolicyNames } from '../policy.ts'
import type { ExportTarget } from '../targets.ts'

/** A timeout to be written down. */
export interface TimeoutPlan extends PolicyNames {
  timeoutMs: number
}

export function planTimeout(source: Source, target: ExportTarget): TimeoutPlan {
  return { ...planNames(source, 'timeout', target), timeoutMs: timeoutMsOf(source) }
}

/** A checked blueprint has every field. */
export function timeoutMsOf({ node }: Pick<Source, 'node'>): number {
  return (node.config as unknown as { timeoutMs: number }).timeoutMs
}
