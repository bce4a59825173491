import type { Blueprint } from '../model/blueprint.ts'
import type { Command } from './commands.ts'

/**
 * Lets two policies that stand one right before the other change places; lines keep what is set on them. Undefined where
 * others than the first call the second, too: their way would change with it.
 */
export function swapping({ nodes, edges }: Blueprint, first: string, second: string): Command | undefined {
  const callers = edges.filter(({ to }) => to === second)
  if (callers.length !== 1 || callers[0]?.from !== first) return undefined
  const other: Readonly<Record<string, string>> = { [first]: second, [second]: first }
  const places = Object.fromEntries(nodes.map(({ id, position }) => [id, position]))
  return {
    type: 'redraw',
    nodes: nodes.map((node) => ({ ...node, position: places[other[node.id] ?? node.id] ?? node.position })),
    edges: edges.map((edge) => ({ ...edge, from: other[edge.from] ?? edge.from, to: other[edge.to] ?? edge.to })),
    how: 'swap',
  }
}
