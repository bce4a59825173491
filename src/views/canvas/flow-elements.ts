import type { Blueprint } from '../../model/blueprint.ts'
import { ghostEdgesOf, type Line } from './lines/lines.ts'
import type { LineEdgeData } from './lines/line-edge.tsx'
import type { CardNode } from './nodes/node-card.tsx'
import { toScreen, type Orientation } from './orientation.ts'

/** What React Flow told about a node and the blueprint does not hold: its size, and its place during a drag. */
export interface LocalNode {
  measured?: { width: number; height: number }
  position?: { x: number; y: number }
  dragging?: boolean
}

/** What decides how nodes and lines are drawn. */
export interface DrawingFacts {
  blueprint: Blueprint
  selection: string | undefined
  spotlight: readonly string[]
  orientation: Orientation
}

/** React Flow's nodes for a blueprint. */
export function flowNodes(facts: DrawingFacts, local: Readonly<Record<string, LocalNode>>): CardNode[] {
  const lit = new Set(facts.spotlight)
  return facts.blueprint.nodes.map((node) => {
    const { measured, position, dragging = false } = local[node.id] ?? {}
    return {
      id: node.id,
      type: 'card',
      position: position ?? toScreen(node.position, facts.orientation),
      selected: node.id === facts.selection,
      dragging,
      data: { node, isDimmed: lit.size > 0 && !lit.has(node.id) },
      ...(measured && { measured }),
    }
  })
}

/** React Flow's edges: a line for every way calls take, and faint ones at bypassed nodes. */
export function flowEdges({ blueprint, spotlight }: DrawingFacts, lines: readonly Line[]): LineEdgeData[] {
  const lit = new Set(spotlight)
  const isDimmed = ({ from, to }: Line) => lit.size > 0 && !(lit.has(from) && lit.has(to))
  const ghosts = ghostEdgesOf(blueprint).map((edge): Line => ({ id: `ghost:${edge.id}`, from: edge.from, to: edge.to, past: [], types: [] }))
  return [
    ...ghosts.map((line) => toEdge(line, { line, isGhost: true, isDimmed: isDimmed(line) })),
    ...lines.map((line) => toEdge(line, { line, isGhost: false, isDimmed: isDimmed(line) })),
  ]
}

function toEdge(line: Line, data: NonNullable<LineEdgeData['data']>): LineEdgeData {
  return { id: line.id, type: 'line', source: line.from, target: line.to, data, focusable: false, selectable: false }
}
