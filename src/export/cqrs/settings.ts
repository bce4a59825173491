/** What the slice's code needs of its configs; field names and units are the configs' own. */
export interface CommandSettings {
  concurrency: 'expected-version' | 'last-write-wins' | 'append-any'
  maximumRetries: number
  retryBackoff: Timing
}

export interface LogSettings {
  sequence: 'commit-order' | 'allocate-then-commit'
}

export interface PublisherSettings {
  mode: 'outbox-polling' | 'log-subscription' | 'push'
  pollIntervalMs: number
}

export interface ProjectorSettings {
  lifecycle: 'async' | 'inline' | 'live'
  batchSize: number
  pollIntervalMs: number
  checkpoint: 'atomic' | 'after' | 'before'
  idempotency: 'none' | 'version-check' | 'processed-ids'
  gapHandling: 'ignore' | 'wait' | 'wait-then-skip'
  gapTimeoutMs: number
  onError: 'stop' | 'retry' | 'skip' | 'park' | 'park-sequence'
  maximumRetries: number
  retryBackoffMs: number
}

export interface ReadModelSettings {
  replicas: number
  routing: 'random' | 'sticky' | 'primary'
}

export interface QuerySettings {
  strategy: 'none' | 'wait-for-version' | 'return-from-command' | 'sticky'
  waitTimeoutMs: number
  onTimeout: 'stale' | 'error'
}

/** A distribution, as far as one number can stand for it. */
export interface Timing {
  type: string
  ms?: number
  meanMs?: number
  p50Ms?: number
  minMs?: number
  maxMs?: number
  firstPercent?: number
  firstMeanMs?: number
  secondMeanMs?: number
  valuesMs?: readonly number[]
}

/** The time that stands for a distribution: its mean, or its median where that is what it is set by. Milliseconds. */
export function typicalMs(timing: Timing): number {
  const { ms, meanMs, p50Ms, minMs = 0, maxMs, firstPercent = 0, firstMeanMs = 0, secondMeanMs, valuesMs } = timing
  if (valuesMs) return valuesMs.toSorted((a, b) => a - b)[Math.floor(valuesMs.length / 2)] ?? 0
  if (maxMs !== undefined) return (minMs + maxMs) / 2
  if (secondMeanMs !== undefined) return (firstPercent * firstMeanMs + (100 - firstPercent) * secondMeanMs) / 100
  return ms ?? meanMs ?? p50Ms ?? 0
}
