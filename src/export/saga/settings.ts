import type { BlueprintNode } from '../../model/blueprint.ts'

/** What the saga's code needs of its config; field names and units are the config's own. */
export interface SagaSettings {
  steps: readonly StepSettings[]
  register: 'before-action' | 'after-success'
  deduplicate: boolean
  nullCompensation: boolean
  antiHanging: boolean
  onCompensationFailure: 'retry' | 'park' | 'continue' | 'stop'
  deadlineMs: number
  logDurable: boolean
  logWriteAhead: boolean
}

export interface StepSettings {
  name: string
  kind: 'compensatable' | 'pivot' | 'retriable' | 'query'
  /** Set for what ran inside the orchestrator; its code is a service's method like any other. */
  local?: unknown
  startToCloseMs?: number | undefined
  scheduleToCloseMs?: number | undefined
  retry: RetrySettings
  onUnknown: 'retry-same-key' | 'query' | 'compensate' | 'park'
  idempotencyKey: 'operation' | 'none' | 'attempt'
  compensation?: { name: string; startToCloseMs?: number | undefined; retry: RetrySettings } | undefined
}

export interface RetrySettings {
  initialIntervalMs: number
  backoffCoefficient: number
  maximumIntervalMs: number
  maximumAttempts: number
  jitter: 'none' | 'full'
  nonRetryableErrors: readonly string[]
}

/** The settings of a saga node. A checked blueprint has every field. */
export function sagaSettings(node: BlueprintNode): SagaSettings {
  return node.config as unknown as SagaSettings
}
