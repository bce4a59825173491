import { Graph, layout } from '@dagrejs/dagre'
import type { Blueprint } from './blueprint.ts'
import { GRID } from './grid.ts'

const CARD = { width: 200, height: 150 }
/** A taller drawing could not be read when all of it is seen: its columns are broken. */
const HEIGHT_MAX = 16 * GRID.row

interface Box {
  id: string
  /** Its middle. */
  x: number
  y: number
  width: number
  height: number
}

/**
 * A tidy place for every node: callers left, what they call right, few crossings. Columns of more than 16 are broken into several
 * side by side. The same drawing gets the same places.
 * @param sizeOf a node's size where it is known, in pixels at zoom 1. Default 200 × 150.
 */
export function arranged(
  { nodes, edges }: Pick<Blueprint, 'nodes' | 'edges'>,
  sizeOf: (id: string) => { width: number; height: number } | undefined = () => undefined,
): Record<string, { x: number; y: number }> {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', ranksep: GRID.column - CARD.width + 16, nodesep: GRID.row - CARD.height, marginx: 0, marginy: 0 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of nodes) graph.setNode(id, { ...(sizeOf(id) ?? CARD) })
  for (const { id, from, to } of edges) graph.setEdge(from, to, {}, id)
  layout(graph)
  const boxes = nodes.map(({ id }): Box => ({ id, ...(graph.node(id) as Omit<Box, 'id'>) }))
  const isTall = boxes.some(({ y, height }) => y + height / 2 > HEIGHT_MAX)
  const placed = isTall ? inLowColumns(boxes) : boxes
  return Object.fromEntries(placed.map(({ id, x, y, width, height }) => [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }]))
}

/** The same columns in the same order, each one low enough or broken into several, all about one line. */
function inLowColumns(boxes: readonly Box[]): Box[] {
  const inOrder = boxes.toSorted((a, b) => a.x - b.x || a.y - b.y)
  const columns = [...new Set(inOrder.map(({ x }) => x))].map((x) => inOrder.filter((box) => box.x === x))
  let right = 0
  return columns.flatMap(broken).flatMap((column) => {
    const width = Math.max(...column.map((box) => box.width))
    const x = right + width / 2
    right += width + GRID.column - CARD.width
    let bottom = -heightOf(column) / 2
    return column.map((box) => {
      const y = bottom + box.height / 2
      bottom += box.height + GRID.row - CARD.height
      return { ...box, x, y }
    })
  })
}

/** Parts of a column, of about the same number of boxes, none of them too tall. */
function broken(column: readonly Box[]): Box[][] {
  const perPart = Math.ceil(column.length / Math.ceil(heightOf(column) / HEIGHT_MAX))
  return Array.from({ length: Math.ceil(column.length / perPart) }, (_, part) => column.slice(part * perPart, (part + 1) * perPart))
}

function heightOf(column: readonly Box[]): number {
  return column.reduce((sum, { height }) => sum + height + GRID.row - CARD.height, 0)
}
