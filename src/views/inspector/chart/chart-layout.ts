import { Graph, layout } from '@dagrejs/dagre'
import type { Chart, ChartEdge, ChartState } from './chart-model.ts'

export interface Point {
  x: number
  y: number
}

/** A rectangle by its upper left corner. */
export interface Box extends Point {
  width: number
  height: number
}

export interface PlacedState extends Box {
  state: ChartState
}

export interface PlacedEdge {
  edge: ChartEdge
  points: Point[]
  label: Box
  /** The labels, broken into lines. */
  lines: string[]
}

export interface PlacedChart {
  /** Where the drawing begins; may be negative. */
  top: number
  width: number
  height: number
  states: PlacedState[]
  edges: PlacedEdge[]
}

/** Sizes in pixels at which the chart is drawn 1:1; text is never scaled. */
export const TEXT = { stateHeight: 34, line: 16, mono: 7.25, word: 7.9, glyph: 29, padding: 8, frameTitle: 12 } as const
const MARGIN = 4
/** Between states in a row. */
const GAP = 10
/** Room above for the sign of the first state. */
const MARGIN_TOP = 16
/** Characters per line of a label, tried in turn until the chart is narrow enough. */
const WRAPS = [26, 20, 18, 16, 14, 12, 10, 8]

/**
 * Places a chart from top to bottom: boxes as large as their text, labels on their own ground, frames around what they hold.
 * Labels are broken so that it fits into `width` if it can; a chart that cannot is as narrow as it gets.
 */
export function placeChart(chart: Chart, width: number): PlacedChart {
  const isLoose = ({ id, parent, isFrame }: ChartState): boolean =>
    parent === undefined && !isFrame && !chart.edges.some((edge) => edge.from === id || edge.to === id)
  const linked = { ...chart, states: chart.states.filter((state) => !isLoose(state)) }
  let best: PlacedChart | undefined
  for (const wrap of WRAPS) {
    const placed = placeWrapped(linked, wrap)
    if (!best || placed.width < best.width) best = placed
    if (best.width <= width) break
  }
  return withLoose(best ?? { top: 0, width: 0, height: 0, states: [], edges: [] }, chart.states.filter(isLoose), width)
}

/** States that no arrow touches stand in rows under the others. */
function withLoose(placed: PlacedChart, loose: readonly ChartState[], width: number): PlacedChart {
  let { width: right, height } = placed
  const states = [...placed.states]
  let x = MARGIN
  for (const state of loose) {
    const size = sizeOf(state)
    if (x === MARGIN || x + size.width > width) {
      x = MARGIN
      height += size.height + GAP
    }
    states.push({ state, x, y: placed.top + height - size.height, ...size })
    x += size.width + GAP
    right = Math.max(right, x)
  }
  return { ...placed, width: right, height: loose.length > 0 ? height + MARGIN : height, states }
}

function placeWrapped(chart: Chart, wrap: number): PlacedChart {
  const graph = new Graph({ compound: true, multigraph: false })
  graph.setGraph({ rankdir: 'TB', nodesep: 8, edgesep: 6, ranksep: 16, marginx: MARGIN, marginy: MARGIN_TOP })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const state of chart.states) graph.setNode(state.id, state.isFrame ? {} : sizeOf(state))
  for (const state of chart.states) if (state.parent !== undefined) graph.setParent(state.id, state.parent)
  const wired = chart.edges.map((edge) => {
    const lines = edge.labels.flatMap((label) => labelLines(label, wrap))
    const size = { width: widest(lines) * TEXT.mono + 8, height: lines.length * TEXT.line + 2 }
    const ends = { from: standIn(edge.from, edge.to, chart), to: standIn(edge.to, edge.from, chart) }
    graph.setEdge(ends.from, ends.to, { ...size, labelpos: 'c' })
    return { edge, lines, ends }
  })
  layout(graph)
  const states = chart.states.map((state) => placeState(state, boxOf(graph.node(state.id))))
  const boxes = new Map(states.map((placed) => [placed.state.id, placed]))
  const edges = wired.map(({ edge, lines, ends }): PlacedEdge => {
    const found = graph.edge(ends.from, ends.to) as Partial<Box> & { points?: Point[] }
    const points = clipped(found.points ?? [], frameBox(edge.from, chart, boxes), frameBox(edge.to, chart, boxes))
    return { edge, lines, points, label: boxOf(found) }
  })
  const boxed = [...states, ...edges.map((edge) => edge.label)]
  const top = Math.min(0, ...boxed.map((box) => box.y - MARGIN))
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  // dagre leaves its margin at the bottom too, where nothing needs it.
  return { top, width: Math.ceil(width), height: Math.ceil(height - top) - MARGIN_TOP + MARGIN, states, edges }
}

/** A label in lines; one that needs several begins a new one with its guard. */
function labelLines(label: string, length: number): string[] {
  const guardAt = label.indexOf(' [')
  if (label.length <= length || guardAt < 0) return wrapped(label.split(' '), length)
  return [label.slice(0, guardAt), ...wrapped(label.slice(guardAt + 1).split(' '), length)]
}

/** Words in lines of at most `length` characters; a longer word stands alone. */
export function wrapped(words: readonly string[], length: number): string[] {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && `${last} ${word}`.length <= length) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

function sizeOf({ word }: ChartState): { width: number; height: number } {
  return { width: Math.ceil(word.length * TEXT.word + TEXT.glyph + 2 * TEXT.padding), height: TEXT.stateHeight }
}

/** The layout knows no arrows to frames: a state inside stands in for its frame, and the arrow is cut at the frame's border. */
function standIn(id: string, other: string, chart: Chart): string {
  const inside = chart.states.filter((state) => state.parent === id)
  if (inside.length === 0) return id
  const linked = inside.find((state) => state.id === other)
  return standIn((linked ?? inside[inside.length - 1] ?? { id }).id, other, chart)
}

/** A frame grows upwards to make room for its word. */
function placeState(state: ChartState, box: Box): PlacedState {
  if (!state.isFrame) return { state, ...box }
  return { state, ...box, y: box.y - TEXT.frameTitle, height: box.height + TEXT.frameTitle }
}

/** dagre gives centres. */
function boxOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { x: x - width / 2, y: y - height / 2, width, height }
}

function frameBox(id: string, chart: Chart, boxes: ReadonlyMap<string, Box>): Box | undefined {
  return chart.states.some((state) => state.id === id && state.isFrame) ? boxes.get(id) : undefined
}

/** The part of a line outside the frames at its ends. */
function clipped(points: readonly Point[], from: Box | undefined, to: Box | undefined): Point[] {
  const start = from ? cutStart(points, from) : points
  return to ? cutStart(start.toReversed(), to).toReversed() : [...start]
}

function cutStart(points: readonly Point[], box: Box): Point[] {
  const first = points.findIndex((point) => !contains(box, point))
  const outside = points[first]
  const inside = points[first - 1]
  if (!outside || !inside) return [...points]
  return [border(inside, outside, box), ...points.slice(first)]
}

function contains(box: Box, { x, y }: Point): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
}

/** Where a line from inside a box to outside crosses its border. */
function border(inside: Point, outside: Point, box: Box): Point {
  const dx = outside.x - inside.x
  const dy = outside.y - inside.y
  const shares = [
    dx > 0 ? (box.x + box.width - inside.x) / dx : dx < 0 ? (box.x - inside.x) / dx : Infinity,
    dy > 0 ? (box.y + box.height - inside.y) / dy : dy < 0 ? (box.y - inside.y) / dy : Infinity,
  ]
  const share = Math.min(1, ...shares)
  return { x: inside.x + dx * share, y: inside.y + dy * share }
}

function widest(lines: readonly string[]): number {
  return Math.max(0, ...lines.map((line) => line.length))
}
