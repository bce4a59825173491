import { placeOn, type PathTable } from '../lines/geometry.ts'
import type { Flights } from './flights.ts'
import { GLYPH_LOOKS, type GlyphLook } from './glyphs.ts'

/** Colours of the theme by token, read when the theme changes. */
export type Palette = ReadonlyMap<GlyphLook['colour'] | '--bg', string>

/** Where the drawing is on the canvas: React Flow's transform. */
export type Transform = readonly [x: number, y: number, zoom: number]

/** What the painter needs besides the particles. */
export interface Scene {
  transform: Transform
  palette: Palette
  /** By engine edge; undefined where nothing is drawn. */
  tables: readonly (PathTable | undefined)[]
  /** Engine edges off the beat. */
  dimmed: ReadonlySet<number>
}

const RADIUS = 3.9
/** Beside the line: calls on one side, answers on the other. */
export const LANE = 5
const STROKE = 1.9
const HALO = 1.2
const DIMMED_OPACITY = 0.3
const OPACITY_STEPS = 5
/** Up to here every particle is drawn on its own. */
const FEW = 250

/**
 * Draws everything in the air. A few are drawn one by one, each with its rim over the one before; many are drawn with one
 * path per look and opacity, which costs little whatever their number.
 */
export function paintFlights(context: CanvasRenderingContext2D, flights: Flights, scene: Scene): void {
  const [x, y, zoom] = scene.transform
  const size = Math.min(1.5, Math.max(0.75, zoom))
  const isFew = flights.count <= FEW
  const point = { x: 0, y: 0 }
  const batches = new Map<number, Path2D>()
  for (let at = 0; at < flights.count; at += 1) {
    const edge = flights.edge[at]!
    const table = scene.tables[edge]
    const glyph = flights.glyph[at]!
    const look = GLYPH_LOOKS[glyph]
    if (!table || !look) continue
    placeOn(table, flights.share[at]!, flights.isReply[at] === 1 ? -LANE : LANE, point)
    const opacity = Math.round(flights.opacity[at]! * (scene.dimmed.has(edge) ? DIMMED_OPACITY : 1) * OPACITY_STEPS)
    const key = glyph * (OPACITY_STEPS + 1) + opacity
    // What shines through would add up where it overlaps.
    const isAlone = isFew && opacity === OPACITY_STEPS
    const path = (isAlone ? undefined : batches.get(key)) ?? new Path2D()
    look.draw(path, point.x * zoom + x, point.y * zoom + y, RADIUS * size)
    if (isAlone) paintPath(context, path, look, opacity / OPACITY_STEPS, size, scene.palette)
    else batches.set(key, path)
  }
  for (const [key, path] of batches) {
    const look = GLYPH_LOOKS[Math.floor(key / (OPACITY_STEPS + 1))]
    if (look) paintPath(context, path, look, (key % (OPACITY_STEPS + 1)) / OPACITY_STEPS, size, scene.palette)
  }
  context.globalAlpha = 1
}

/** With a rim in the background's colour, so that shapes stay apart from each other and from the line. */
function paintPath(context: CanvasRenderingContext2D, path: Path2D, look: GlyphLook, opacity: number, size: number, palette: Palette): void {
  context.globalAlpha = opacity
  context.lineCap = 'round'
  context.strokeStyle = palette.get('--bg') ?? ''
  context.lineWidth = (look.how === 'stroke' ? STROKE + HALO * 1.4 : HALO * 1.4) * size
  context.stroke(path)
  const colour = palette.get(look.colour) ?? ''
  if (look.how === 'fill') {
    context.fillStyle = colour
    context.fill(path)
  } else {
    context.strokeStyle = colour
    context.lineWidth = STROKE * size
    context.stroke(path)
  }
}
