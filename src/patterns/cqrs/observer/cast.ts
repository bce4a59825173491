import type { ObserverSetup } from '../../pattern.ts'
import type { ProjectorConfig } from '../projector/config.ts'

/** Who takes part in one projection, in the numbers of records. −1: nobody. */
export interface Cast {
  projector: number
  log: number
  readModel: number
  /** Command handlers that write to the log, query handlers that read the read model. */
  commandHandlers: ReadonlySet<number>
  queryHandlers: ReadonlySet<number>
  /** What its readers were promised by settings: to read what they wrote, and never to read backwards. */
  claims: { readYourWrites: boolean; monotonicReads: boolean }
}

type Drawing = Pick<ObserverSetup<unknown>, 'nodes' | 'edges'>

/** Reads the drawing around a projector. */
export function castOf({ nodes, edges }: Drawing, projector: number): Cast {
  const kinds = nodes.map(({ kind }) => kind)
  const before = reach(projector, edges.map(({ from, to }) => ({ from: to, to: from })))
  const after = reach(projector, edges)
  const log = [...before].find((node) => kinds[node] === 'event-log') ?? -1
  const readModel = [...after].find((node) => kinds[node] === 'read-model') ?? -1
  const readers = readModel < 0 ? new Set<number>() : reach(readModel, edges.map(({ from, to }) => ({ from: to, to: from })))
  const queryHandlers = new Set([...readers].filter((node) => kinds[node] === 'query-handler'))
  return {
    projector,
    log,
    readModel,
    commandHandlers: new Set([...before].filter((node) => kinds[node] === 'command-handler')),
    queryHandlers,
    claims: claimsOf([...queryHandlers].map((node) => nodes[node]!.config), nodes[readModel]?.config, nodes[projector]!.config as ProjectorConfig),
  }
}

function claimsOf(queryHandlers: readonly unknown[], readModel: unknown, { lifecycle }: ProjectorConfig): Cast['claims'] {
  const strategies = queryHandlers.map((config) => config as { strategy: string; onTimeout: string })
  const isPromised = ({ strategy, onTimeout }: { strategy: string; onTimeout: string }): boolean =>
    strategy === 'return-from-command' || (strategy === 'wait-for-version' && onTimeout === 'error')
  const { replicas, routing } = (readModel ?? { replicas: 1, routing: 'random' }) as { replicas: number; routing: string }
  return {
    readYourWrites: strategies.length > 0 && (strategies.every(isPromised) || (lifecycle === 'inline' && (replicas === 1 || routing === 'primary'))),
    monotonicReads: strategies.length > 0 && (routing === 'sticky' || strategies.every(({ strategy }) => strategy === 'sticky')),
  }
}

/** Everything that can be reached from a node, nearest first, itself included. */
function reach(from: number, edges: readonly { from: number; to: number }[]): Set<number> {
  const seen = new Set([from])
  for (const node of seen) for (const edge of edges) if (edge.from === node) seen.add(edge.to)
  return seen
}
