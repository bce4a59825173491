import type { NodeInGraph, Surrounding } from '../pattern.ts'

type Found = Surrounding[]

const warning = (message: string): Found => [{ message, severity: 'warning' }]
const ids = (nodes: NodeInGraph['upstream'], kind: string): string[] => nodes.filter((node) => node.kind === kind).map(({ id }) => id)

/** A node that is not wired up refuses calls; everything else runs. */
function needs(nodes: NodeInGraph['upstream'], kind: string, message: string): Found {
  return ids(nodes, kind).length === 0 ? warning(message) : []
}

export function checkCommandHandlerGraph({ downstream }: NodeInGraph): Found {
  return needs(downstream, 'event-log', 'has no event log to append to, so it refuses commands; draw an edge to one')
}

export function checkProjectorGraph({ upstream, downstream, config }: NodeInGraph): Found {
  const logs = ids(upstream, 'event-log')
  const { lifecycle } = config as { lifecycle: string }
  return [
    ...needs(upstream, 'event-log', 'is a projection of nothing: no event log leads to it; draw an edge from one'),
    ...needs(downstream, 'read-model', 'has no read model to write, so it refuses events; draw an edge to one'),
    ...(logs.length > 1 ? warning(`is a projection of ${logs.length} logs, ${logs.join(', ')}; it reads the first that asks and refuses the others`) : []),
    ...(lifecycle === 'inline' && ids(upstream, 'publisher').length > 0
      ? warning(`is called within the append and stands behind ${ids(upstream, 'publisher').join(', ')}, which every append then waits for; bypass it`)
      : []),
  ]
}

export function checkReadModelGraph({ upstream }: NodeInGraph): Found {
  const writers = ids(upstream, 'projector')
  return writers.length > 1
    ? [{ message: `is written by ${writers.length} projections, ${writers.join(', ')}, which overwrite each other; give each its own`, severity: 'error' }]
    : needs(upstream, 'projector', 'is written by nobody, so it stays empty; draw an edge from a projector')
}

export function checkQueryHandlerGraph({ downstream }: NodeInGraph): Found {
  return needs(downstream, 'read-model', 'has no read model to ask, so it refuses queries; draw an edge to one')
}
