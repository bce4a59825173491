import type { Blueprint } from '../../model/blueprint.ts'
import { breakerDefaults, type BreakerConfig } from '../../patterns/circuit-breaker/config.ts'
import { generateSnippet, type ExportTarget, type Snippet } from '../index.ts'

export interface Labels {
  label?: string
  protects?: string
  drawing?: string
}

/** The code of a breaker in front of a service. */
export function breakerSnippet(config: Partial<BreakerConfig>, labels: Labels = {}, target: ExportTarget = 'zero-dep'): Snippet {
  const snippet = generateSnippet(breakerBlueprint(config, labels), 'breaker', { target })
  if (!snippet) throw new Error('a breaker has code')
  return snippet
}

export function breakerBlueprint(config: Partial<BreakerConfig>, labels: Labels = {}): Blueprint {
  const node = { position: { x: 0, y: 0 }, bypassed: false }
  const edge = { lossPercent: 0, duplicatePercent: 0, reorderPercent: 0, reorderByMs: 0 }
  return {
    schemaVersion: 1,
    name: labels.drawing ?? 'Test drawing',
    seed: 1,
    durationMs: 1_000,
    faults: [],
    interventions: [],
    nodes: [
      { ...node, id: 'breaker', kind: 'circuit-breaker', label: labels.label ?? 'Payment breaker', config: { ...breakerDefaults, ...config } },
      { ...node, id: 'timeout', kind: 'timeout', label: 'Timeout', config: { timeoutMs: 1_000 } },
      { ...node, id: 'service', kind: 'service', label: labels.protects ?? 'Payments', config: {} },
    ],
    edges: [
      { ...edge, id: 'a', from: 'breaker', to: 'timeout' },
      { ...edge, id: 'b', from: 'timeout', to: 'service' },
    ],
  }
}

/** Every combination of what changes the shape of the code. */
export function everyShape(): Partial<BreakerConfig>[] {
  let shapes: Partial<BreakerConfig>[] = [{}]
  for (const dimension of DIMENSIONS) shapes = shapes.flatMap((shape) => dimension.map((part) => ({ ...shape, ...part })))
  return shapes
}

const DIMENSIONS: readonly (readonly Partial<BreakerConfig>[])[] = [
  [{ slidingWindowType: 'COUNT_BASED' }, { slidingWindowType: 'TIME_BASED' }],
  [{}, { slowCallRateThreshold: 60, slowCallDurationThresholdMs: 200 }],
  [{ fallbackOn: 'none' }, { fallbackOn: 'rejected' }, { fallbackOn: 'rejected-or-failed' }],
  [{ automaticTransitionFromOpenToHalfOpen: false }, { automaticTransitionFromOpenToHalfOpen: true }],
  [
    { maxWaitDurationInHalfOpenStateMs: 0 },
    { maxWaitDurationInHalfOpenStateMs: 900, transitionToStateAfterWaitDuration: 'OPEN' },
    { maxWaitDurationInHalfOpenStateMs: 900, transitionToStateAfterWaitDuration: 'CLOSED' },
  ],
  [{ waitMultiplier: 1, waitMaxMs: 50 }, { waitMultiplier: 1.7, waitMaxMs: 0 }, { waitMultiplier: 1.7, waitMaxMs: 4_000 }],
]
