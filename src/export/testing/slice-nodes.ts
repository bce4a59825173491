import type { Blueprint, BlueprintNode } from '../../model/blueprint.ts'
import type { CommandHandlerConfig } from '../../patterns/cqrs/command-handler/config.ts'
import type { EventLogConfig } from '../../patterns/cqrs/event-log/config.ts'
import type { ProjectorConfig } from '../../patterns/cqrs/projector/config.ts'
import type { PublisherConfig } from '../../patterns/cqrs/publisher/config.ts'
import type { QueryHandlerConfig } from '../../patterns/cqrs/query-handler/config.ts'
import type { ReadModelConfig } from '../../patterns/cqrs/read-model/config.ts'
import { findPattern } from '../../patterns/index.ts'
import { generateSnippet, type ExportTarget, type Snippet } from '../index.ts'

/** What differs from the defaults, node by node. */
export interface SliceShape {
  command?: Partial<CommandHandlerConfig>
  log?: Partial<EventLogConfig>
  publisher?: Partial<PublisherConfig>
  projector?: Partial<ProjectorConfig>
  readModel?: Partial<ReadModelConfig>
  query?: Partial<QueryHandlerConfig>
}

/** Command handler, log, publisher if asked for, projector, read model and query handler, in a row. */
export function sliceBlueprint(shape: SliceShape, label = 'Orders', drawing = 'Written, not yet readable'): Blueprint {
  const parts = [
    ['command-handler', 'CommandHandler', shape.command],
    ['event-log', 'Event log', shape.log],
    ...(shape.publisher ? [['publisher', 'Publisher', shape.publisher] as const] : []),
    ['projector', 'Projector', shape.projector],
    ['read-model', label, shape.readModel],
    ['query-handler', 'QueryHandler', shape.query],
  ] as const
  const nodes = parts.map(([kind, text, config]): BlueprintNode => ({
    id: kind, kind, label: text, position: { x: 0, y: 0 }, bypassed: false,
    config: { ...(findPattern(kind)?.defaults as object), ...config },
  }))
  const edges = nodes.slice(1).map((node, index) => ({
    id: `edge-${index}`, from: nodes[index]!.id, to: node.id, lossPercent: 0, duplicatePercent: 0, reorderPercent: 0, reorderByMs: 0,
  }))
  return { schemaVersion: 1, name: drawing, seed: 1, durationMs: 1_000, faults: [], interventions: [], nodes, edges }
}

/** The code of a slice, asked for at any of its nodes. */
export function sliceSnippet(shape: SliceShape = {}, node = 'query-handler', label?: string, drawing?: string, target?: ExportTarget): Snippet {
  const snippet = generateSnippet(sliceBlueprint(shape, label, drawing), node, { target })
  if (!snippet) throw new Error('a slice has code')
  return snippet
}
