import type { Blueprint } from '../../model/blueprint.ts'
import { sagaDefaults, type SagaConfig } from '../../patterns/saga/config.ts'
import { generateSnippet, type ExportTarget, type Snippet } from '../index.ts'

/** A drawing of an orchestrator alone: its code needs no more. */
export function sagaBlueprint(config: Partial<SagaConfig>, label = 'OrderSaga', drawing = 'The courier says no'): Blueprint {
  return {
    schemaVersion: 1,
    name: drawing,
    seed: 1,
    durationMs: 1_000,
    faults: [],
    interventions: [],
    nodes: [{ id: 'saga', kind: 'saga', label, position: { x: 0, y: 0 }, bypassed: false, config: { ...sagaDefaults, ...config } }],
    edges: [],
  }
}

/** The code of a saga. */
export function sagaSnippet(config: Partial<SagaConfig>, label?: string, drawing?: string, target?: ExportTarget): Snippet {
  const snippet = generateSnippet(sagaBlueprint(config, label, drawing), 'saga', { target })
  if (!snippet) throw new Error('a saga has code')
  return snippet
}
