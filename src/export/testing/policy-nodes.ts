import type { Blueprint } from '../../model/blueprint.ts'
import { findPattern } from '../../patterns/index.ts'
import { generateSnippet, type ExportTarget, type Snippet } from '../index.ts'

/** A policy of a drawing: its kind, what differs from the kind's defaults, and its label. */
export type PolicyShape = readonly [kind: string, config?: object, label?: string]

/** Policies in a row in front of a service, the first one outermost. They are called by their kinds. */
export function policyBlueprint(policies: readonly PolicyShape[], protects = 'Payments', drawing = 'Test drawing'): Blueprint {
  const edge = { lossPercent: 0, duplicatePercent: 0, reorderPercent: 0, reorderByMs: 0 }
  const node = { position: { x: 0, y: 0 }, bypassed: false }
  const nodes = policies.map(([kind, config, label], index) => ({
    ...node,
    id: `policy-${index}`,
    kind,
    label: label ?? `Payment ${kind}`,
    config: { ...(findPattern(kind)?.defaults as object), ...config },
  }))
  const all = [...nodes, { ...node, id: 'service', kind: 'service', label: protects, config: {} }]
  return {
    schemaVersion: 1,
    name: drawing,
    seed: 1,
    durationMs: 1_000,
    faults: [],
    interventions: [],
    nodes: all,
    edges: all.slice(1).map(({ id }, index) => ({ ...edge, id: `edge-${index}`, from: `policy-${index}`, to: id })),
  }
}

/** The code of one policy in front of a service. */
export function policySnippet(shape: PolicyShape, { target, protects, drawing }: { target?: ExportTarget; protects?: string; drawing?: string } = {}): Snippet {
  const snippet = generateSnippet(policyBlueprint([shape], protects, drawing), 'policy-0', { target })
  if (!snippet) throw new Error('a policy has code')
  return snippet
}

/** Every combination of what changes the shape of a retry's code. */
export function everyRetryShape(): PolicyShape[] {
  const waits = [{}, { backoffCoefficient: 1 }, { initialIntervalMs: 0 }, { maximumIntervalMs: 50 }]
  const jitters = ['none', 'full', 'equal'].map((jitter) => ({ jitter }))
  const counts = [{ maximumAttempts: 1 }, { maximumAttempts: 4 }, { maximumAttempts: 100, retryOnRejected: true }]
  return waits.flatMap((wait) => jitters.flatMap((jitter) => counts.map((count): PolicyShape => ['retry', { ...wait, ...jitter, ...count }])))
}
