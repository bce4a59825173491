import { NODES_MAX, NOTES_MAX, type Blueprint, type BlueprintEdge, type BlueprintNode, type BlueprintNote } from '../model/blueprint.ts'
import { COORDINATE_MAX, GRID } from '../model/grid.ts'
import { defined } from '../base/assert.ts'
import { findPattern } from '../patterns/index.ts'
import { freshId, takenIds } from '../model/ids.ts'
import { freshLabel, takenLabels } from './naming.ts'

export interface Point {
  x: number
  y: number
}

/** A piece of a drawing, as it is copied: nodes, what connects them, notes. */
export interface Clip {
  nodes: readonly BlueprintNode[]
  edges: readonly BlueprintEdge[]
  notes: readonly BlueprintNote[]
}

/** A new node of a kind with the kind's defaults and a name that nobody has. */
export function newNode(blueprint: Blueprint, kind: string, position: Point): BlueprintNode {
  const pattern = defined(findPattern(kind), `kind ${kind}`)
  const label = freshLabel(pattern.title, takenLabels(blueprint))
  return { id: freshId(label, takenIds(blueprint)), kind, label, position: inBounds(position), config: { ...(pattern.defaults as object) }, bypassed: false }
}

/** A plain edge with an id that nobody has. */
export function newEdge(from: string, to: string, taken: Set<string>): BlueprintEdge {
  return { id: freshId(`${from}-${to}`, taken), from, to, lossPercent: 0, duplicatePercent: 0, reorderPercent: 0, reorderByMs: 50 }
}

/** The nearest free place at or below a point: nothing is put onto something else. */
export function freePlace({ nodes }: Blueprint, wanted: Point): Point {
  const start = { x: Math.round(wanted.x), y: Math.round(wanted.y) }
  for (let step = 0; step <= nodes.length; step += 1) {
    const place = { x: start.x, y: start.y + step * GRID.row }
    if (!isTaken(nodes, place)) return inBounds(place)
  }
  return inBounds(start)
}

/** Whether something at a place would lie on one of them. */
function isTaken(placed: readonly { position: Point }[], { x, y }: Point): boolean {
  return placed.some(({ position }) => Math.abs(position.x - x) < GRID.column * 0.9 && Math.abs(position.y - y) < GRID.row * 0.8)
}

/** What a selection of ids holds: its nodes and notes, and the edges whose both ends are in it. */
export function clipOf({ nodes, edges, notes = [] }: Blueprint, ids: readonly string[]): Clip {
  const chosen = new Set(ids)
  return {
    nodes: nodes.filter(({ id }) => chosen.has(id)),
    edges: edges.filter(({ from, to }) => chosen.has(from) && chosen.has(to)),
    notes: notes.filter(({ id }) => chosen.has(id)),
  }
}

/**
 * The blueprint with a copy of a clip, under names of its own, its top left corner at `at`, else where it was or below what is there. The same
 * object when there is nothing in the clip or no room for it. Only what can be connected here is.
 */
export function withClip(blueprint: Blueprint, clip: Clip, at?: Point): { blueprint: Blueprint; ids: string[] } {
  const { nodes, notes = [] } = blueprint
  const isEmpty = clip.nodes.length + clip.notes.length === 0
  if (isEmpty || nodes.length + clip.nodes.length > NODES_MAX || notes.length + clip.notes.length > NOTES_MAX) return { blueprint, ids: [] }
  const shift = at ? shiftTo(clip, at) : shiftAside(blueprint, clip)
  const taken = takenIds(blueprint)
  const labels = takenLabels(blueprint)
  const ids = new Map<string, string>()
  const copies = clip.nodes.map((node) => {
    const label = freshLabel(node.label, labels)
    const id = freshId(label, taken)
    ids.set(node.id, id)
    return { ...node, id, label, position: moved(node.position, shift) }
  })
  const noteCopies = clip.notes.map((note) => ({ ...note, id: freshId('note', taken), position: moved(note.position, shift) }))
  const lines = clip.edges.flatMap((edge) => {
    const from = ids.get(edge.from)
    const to = ids.get(edge.to)
    return from === undefined || to === undefined ? [] : [{ ...edge, id: freshId(`${from}-${to}`, taken), from, to }]
  })
  const next = { ...blueprint, nodes: [...nodes, ...copies], edges: [...blueprint.edges, ...lines] }
  return {
    blueprint: noteCopies.length === 0 ? next : { ...next, notes: [...notes, ...noteCopies] },
    ids: [...copies, ...noteCopies].map(({ id }) => id),
  }
}

/** Kept within what a blueprint may hold, and JSON can tell: it has no −0. */
export function inBounds({ x, y }: Point): Point {
  const within = (value: number): number => Math.min(COORDINATE_MAX, Math.max(-COORDINATE_MAX, value)) + 0
  return { x: within(x), y: within(y) }
}

function moved({ x, y }: Point, by: Point): Point {
  return inBounds({ x: x + by.x, y: y + by.y })
}

function shiftTo(clip: Clip, at: Point): Point {
  const places = [...clip.nodes, ...clip.notes].map(({ position }) => position)
  return { x: Math.round(at.x - Math.min(...places.map(({ x }) => x))), y: Math.round(at.y - Math.min(...places.map(({ y }) => y))) }
}

/** Straight down until no copy lies on anything; not at all where the place is free. */
function shiftAside({ nodes, notes = [] }: Blueprint, clip: Clip): Point {
  const placed = [...nodes, ...notes]
  const places = [...clip.nodes, ...clip.notes].map(({ position }) => position)
  const steps = Array.from({ length: placed.length + 2 }, (_, step) => ({ x: 0, y: step * GRID.row }))
  return steps.find((by) => !places.some((place) => isTaken(placed, { x: place.x + by.x, y: place.y + by.y }))) ?? defined(steps.at(-1), 'step')
}
