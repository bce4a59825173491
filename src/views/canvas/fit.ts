import type { Rect } from './lines/geometry.ts'

/** Where the drawing stands on the screen. */
export interface Placement {
  x: number
  y: number
  zoom: number
}

/** What {@link placeDrawing} may use and must keep clear of. All in screen pixels of the canvas. */
export interface Room {
  width: number
  height: number
  /** Panels that lie over the canvas. */
  panels: readonly Rect[]
}

export const ZOOM_MIN = 0.02
export const ZOOM_MAX = 2
/** Below this zoom cards and lines show fewer words, larger. */
export const FAR_BELOW_ZOOM = 0.85
/** A small drawing is not blown up further than this. */
const ZOOM_FITTED_MAX = 1.25
/** Text has its intended size from here on. */
const ZOOM_READABLE = 1
/** Room left at the edges; where it costs readable text, the tight one. */
const MARGINS = [26, 10]
const GAP = 8
const ZOOM_STEP = 0.97
const ALIGNMENTS = [0.5, 0.25, 0.75, 0, 1]

/**
 * Where to put a drawing so that all of it is seen, as large as sensible and clear of the panels. When it cannot be kept
 * clear at a readable size, readability wins as long as everything is inside; a little overlap is better than small text.
 */
export function placeDrawing(nodes: readonly Rect[], room: Room): Placement {
  const bounds = boundsOf(nodes)
  const margin = MARGINS.find((width) => zoomWithin(bounds, room, width) >= ZOOM_READABLE) ?? Math.min(...MARGINS)
  const largest = clamp(zoomWithin(bounds, room, margin), ZOOM_MIN, ZOOM_FITTED_MAX)
  const smallest = largest >= ZOOM_READABLE ? ZOOM_READABLE : Math.max(ZOOM_MIN, largest * 0.85)
  let best: { placement: Placement; overlap: number } | undefined
  for (let zoom = largest; zoom >= smallest * 0.999; zoom = nextZoom(zoom, smallest)) {
    for (const placement of alignments(bounds, room, zoom, margin)) {
      const overlap = overlapWith(nodes, placement, room.panels)
      if (overlap === 0) return placement
      if (!best || overlap < best.overlap * 0.999) best = { placement, overlap }
    }
  }
  return best?.placement ?? { x: 0, y: 0, zoom: 1 }
}

/** The rectangle around all of them. */
export function boundsOf(rects: readonly Rect[]): Rect {
  if (rects.length === 0) return { x: 0, y: 0, width: 1, height: 1 }
  const x = Math.min(...rects.map((rect) => rect.x))
  const y = Math.min(...rects.map((rect) => rect.y))
  const width = Math.max(...rects.map((rect) => rect.x + rect.width)) - x
  const height = Math.max(...rects.map((rect) => rect.y + rect.height)) - y
  return { x, y, width: Math.max(1, width), height: Math.max(1, height) }
}

/** The zoom that fits the bounds between margins. */
function zoomWithin(bounds: Rect, room: Room, margin: number): number {
  return Math.min((room.width - 2 * margin) / bounds.width, (room.height - 2 * margin) / bounds.height)
}

/** The smallest zoom itself is tried too. */
function nextZoom(zoom: number, smallest: number): number {
  const next = zoom * ZOOM_STEP
  return zoom > smallest * 1.001 && next < smallest ? smallest : next
}

/** Ways to use the room that is left over, the middle first. */
function alignments(bounds: Rect, room: Room, zoom: number, margin: number): Placement[] {
  const spareX = room.width - 2 * margin - bounds.width * zoom
  const spareY = room.height - 2 * margin - bounds.height * zoom
  return ALIGNMENTS.flatMap((down) =>
    ALIGNMENTS.map((along) => ({
      x: margin + spareX * along - bounds.x * zoom,
      y: margin + spareY * down - bounds.y * zoom,
      zoom,
    })),
  )
}

/** Square pixels of nodes that panels hide. */
export function overlapWith(nodes: readonly Rect[], { x, y, zoom }: Placement, panels: readonly Rect[]): number {
  let sum = 0
  for (const node of nodes) {
    const left = node.x * zoom + x - GAP
    const top = node.y * zoom + y - GAP
    const right = left + node.width * zoom + 2 * GAP
    const bottom = top + node.height * zoom + 2 * GAP
    for (const panel of panels) {
      const width = Math.min(right, panel.x + panel.width) - Math.max(left, panel.x)
      const height = Math.min(bottom, panel.y + panel.height) - Math.max(top, panel.y)
      if (width > 0 && height > 0) sum += width * height
    }
  }
  return sum
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value))
}
