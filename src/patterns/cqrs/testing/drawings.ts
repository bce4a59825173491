import type { Blueprint } from '../../../model/blueprint.ts'
import { runBlueprint, type RunResult } from '../../../player/run.ts'
import { blueprint, edge, node, type EdgeSpec, type NodeSpec } from '../../../sim/testing/blueprints.ts'
import type { ProjectionFacts } from '../facts.ts'

type Settings = Readonly<Record<string, unknown>>

/** What differs from the usual drawing: settings by node, and what stands beside nodes and edges in a file. */
export interface Variation {
  client?: Settings
  commands?: Settings
  log?: Settings
  /** Given at all: it is drawn. */
  publisher?: Settings
  projector?: Settings
  view?: Settings
  queries?: Settings
  /** Of the edges by id. */
  edges?: Readonly<Record<string, Partial<EdgeSpec>>>
  faults?: readonly object[]
  interventions?: readonly object[]
  seed?: number
  durationMs?: number
}

const ZERO = { type: 'constant', ms: 0 } as const

/** Client, command handler, log, projector, read model and query handler, in no time but for the projector's 20 ms. Writes every 50 ms until 2 s. */
export function projection(vary: Variation = {}): Blueprint {
  const write = { name: 'write', share: 0, everyMs: 50, thenAsk: { name: 'own', after: { type: 'constant', ms: 5 } } }
  const nodes: NodeSpec[] = [
    node('client', 'client', { load: 'constant', ratePerSecond: 40, deadlineMs: 0, sendUntilMs: 2_000, requestTypes: [write, { name: 'read', share: 1 }, { name: 'own', share: 0 }], ...vary.client }),
    node('commands', 'command-handler', { aggregates: 3, latency: ZERO, ...vary.commands }),
    node('log', 'event-log', { commitLatency: ZERO, ...vary.log }),
    ...(vary.publisher ? [node('publisher', 'publisher', vary.publisher)] : []),
    node('projector', 'projector', { handlerLatency: { type: 'constant', ms: 20 }, ...vary.projector }),
    node('view', 'read-model', { queryLatency: ZERO, ...vary.view }),
    node('queries', 'query-handler', { aggregates: 3, ...vary.queries }),
  ]
  const way = vary.publisher ? [edge('log', 'publisher'), edge('publisher', 'projector')] : [edge('log', 'projector')]
  const edges = [
    edge('client', 'commands', { requestTypes: ['write'] }),
    edge('client', 'queries', { requestTypes: ['read', 'own'] }),
    edge('commands', 'log'),
    ...way,
    edge('projector', 'view'),
    edge('queries', 'view'),
  ].map((one) => ({ ...one, ...vary.edges?.[one.id] }))
  const { faults = [], interventions = [], seed = 1, durationMs = 4_000 } = vary
  return blueprint(nodes, edges, { faults, interventions, seed, durationMs })
}

/** A run, and what the projection's observer tells of its end. */
export interface Projected {
  run: RunResult
  facts: ProjectionFacts
}

export function project(of: Blueprint): Projected {
  const run = runBlueprint(of, { keepTrace: true })
  return { run, facts: factsAt(run, of, of.durationMs) }
}

/** What the observer tells of a moment of a run. */
export function factsAt(run: RunResult, of: Blueprint, atMs: number): ProjectionFacts {
  return run.observers.facts(of.nodes.findIndex(({ id }) => id === 'projector'), atMs * 1_000, 0) as ProjectionFacts
}
