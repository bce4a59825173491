import { whyNotConnect } from '../../editor/connecting.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import { ghostEdgesOf, type Line } from './lines/lines.ts'
import type { LineEdgeData } from './lines/line-edge.tsx'
import type { CardNode } from './nodes/node-card.tsx'
import type { NoteNode } from './notes/note-card.tsx'
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
  selected: readonly string[]
  spotlight: readonly string[]
  orientation: Orientation
  /** The node that a line is being pulled out of. */
  connecting: string | undefined
}

/** Everything that stands on the canvas. */
export type DrawnNode = CardNode | NoteNode

/** React Flow's nodes for a blueprint. */
export function flowNodes(facts: DrawingFacts, local: Readonly<Record<string, LocalNode>>): DrawnNode[] {
  const { blueprint, connecting, orientation } = facts
  const lit = new Set(facts.spotlight)
  const selected = new Set(facts.selected)
  const isRefused = (id: string): boolean => connecting !== undefined && id !== connecting && whyNotConnect(blueprint, connecting, id) !== undefined
  const placed = (id: string, place: { x: number; y: number }) => {
    const { measured, position, dragging = false } = local[id] ?? {}
    return { id, position: position ?? toScreen(place, orientation), selected: selected.has(id), dragging, ...(measured && { measured }) }
  }
  return [
    ...blueprint.nodes.map((node): CardNode => {
      const data = { node, isDimmed: lit.size > 0 && !lit.has(node.id), isRefused: isRefused(node.id) }
      return { type: 'card', ...placed(node.id, node.position), data }
    }),
    ...(blueprint.notes ?? []).map((note): NoteNode => ({ type: 'note', ...placed(note.id, note.position), data: { note } })),
  ]
}

/** React Flow's edges: a line for every way calls take, and faint ones at bypassed nodes. */
export function flowEdges({ blueprint, spotlight, selected }: Pick<DrawingFacts, 'blueprint' | 'spotlight' | 'selected'>, lines: readonly Line[]): LineEdgeData[] {
  const lit = new Set(spotlight)
  const chosen = new Set(selected)
  const isDimmed = ({ from, to }: Line) => lit.size > 0 && !(lit.has(from) && lit.has(to))
  const ghosts = ghostEdgesOf(blueprint).map((edge): Line => ({ id: edge.id, from: edge.from, to: edge.to, past: [], types: [] }))
  const toEdge = (line: Line, isGhost: boolean): LineEdgeData => ({
    // What goes past a bypassed node is drawn as several edges; those can be chosen, their way together cannot.
    id: isGhost || line.past.length === 0 ? line.id : `past:${line.id}`,
    type: 'line',
    source: line.from,
    target: line.to,
    data: { line, isGhost, isDimmed: isDimmed(line) },
    focusable: false,
    selectable: isGhost || line.past.length === 0,
    selected: chosen.has(line.id),
  })
  return [...ghosts.map((line) => toEdge(line, true)), ...lines.map((line) => toEdge(line, false))]
}
