import type { BlueprintNode } from '../../model/blueprint.ts'
import type { Source } from '../exporter.ts'
import { planNames, type PolicyNames } from '../policy.ts'
import type { ExportTarget } from '../targets.ts'

/** What the code of a retry needs of its config; field names and units are the config's own. */
export interface RetrySettings {
  maximumAttempts: number
  initialIntervalMs: number
  backoffCoefficient: number
  maximumIntervalMs: number
  jitter: 'none' | 'full' | 'equal'
  retryOnRejected: boolean
}

/** A retry to be written down: its settings, its names, and which parts it needs. */
export interface RetryPlan extends PolicyNames {
  settings: RetrySettings
  /** Waits differ; else the first one is the only one. */
  waitGrows: boolean
  /** No wait is longer; the first one counts even if it is above the longest that is set. */
  longestMs: number
  isJittered: boolean
}

export function planRetry(source: Source, target: ExportTarget): RetryPlan {
  const settings = retrySettings(source.node)
  return { ...planNames(source, 'retry', target), settings, ...planWaits(settings) }
}

/** The settings of a retry node. A checked blueprint has every field. */
export function retrySettings(node: BlueprintNode): RetrySettings {
  return node.config as unknown as RetrySettings
}

export function planWaits({ initialIntervalMs, backoffCoefficient, maximumIntervalMs, jitter }: RetrySettings) {
  const longestMs = Math.max(initialIntervalMs, maximumIntervalMs)
  return {
    longestMs,
    waitGrows: backoffCoefficient !== 1 && initialIntervalMs > 0 && longestMs > initialIntervalMs,
    isJittered: jitter !== 'none' && initialIntervalMs > 0,
  }
}
