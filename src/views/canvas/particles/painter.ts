import { placeOn, type PathTable, type Rect } from '../lines/geometry.ts'
import type { Flights } from './flights.ts'
import { GLYPH_LOOKS, type GlyphLook } from './glyphs.ts'
import type { DrawGlyph, Stamps } from './stamps.ts'

/** Colours of the theme by token, read when the theme changes. */
export type Palette = ReadonlyMap<GlyphLook['colour'] | '--bg', string>

/** Where the drawing is on the canvas: React Flow's transform. */
export type Transform = readonly [x: number, y: number, zoom: number]

/** What the painter needs besides the particles. */
export interface Scene {
  transform: Transform
  /** The part of the screen that the canvas covers. */
  stage: Rect
  palette: Palette
  /** Changes with the palette. */
  look: number
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
/** Up to here every particle is drawn to the fraction of a pixel. */
const FEW = 250
/** How far a glyph reaches, rim included, in radii. */
const REACH = 1.8

/** Draws everything in the air, each particle with its rim over the one before: a few by their outlines, many as stamps. */
export function paintFlights(context: CanvasRenderingContext2D, flights: Flights, scene: Scene, stamps: Stamps): void {
  const [x, y, zoom] = scene.transform
  const size = Math.min(1.5, Math.max(0.75, zoom))
  const isFew = flights.count <= FEW
  const draw: DrawGlyph = (onto, glyph, atX, atY) => paintGlyph(onto, glyph, atX, atY, size, scene.palette)
  if (!isFew) stamps.begin({ stage: scene.stage, density: context.getTransform().a, glyphPx: 2 * REACH * RADIUS * size, look: `${size} ${scene.look}`, draw })
  const point = { x: 0, y: 0 }
  for (let at = 0; at < flights.count; at += 1) {
    const edge = flights.edge[at]!
    const table = scene.tables[edge]
    if (!table) continue
    placeOn(table, flights.share[at]!, flights.isReply[at] === 1 ? -LANE : LANE, point)
    const opacity = flights.opacity[at]! * (scene.dimmed.has(edge) ? DIMMED_OPACITY : 1)
    const atX = point.x * zoom + x
    const atY = point.y * zoom + y
    if (isFew) {
      context.globalAlpha = opacity
      draw(context, flights.glyph[at]!, atX, atY)
    } else stamps.stamp(flights.glyph[at]!, atX, atY, opacity)
  }
  if (!isFew) stamps.end(context)
  context.globalAlpha = 1
}

/** With a rim in the background's colour, so that shapes stay apart from each other and from the line. */
function paintGlyph(context: CanvasRenderingContext2D, glyph: number, x: number, y: number, size: number, palette: Palette): void {
  const look = GLYPH_LOOKS[glyph]
  if (!look) return
  context.beginPath()
  look.draw(context, x, y, RADIUS * size)
  context.lineCap = 'round'
  context.strokeStyle = palette.get('--bg') ?? ''
  context.lineWidth = (look.how === 'stroke' ? STROKE + HALO * 1.4 : HALO * 1.4) * size
  context.stroke()
  const colour = palette.get(look.colour) ?? ''
  if (look.how === 'fill') {
    context.fillStyle = colour
    context.fill()
  } else {
    context.strokeStyle = colour
    context.lineWidth = STROKE * size
    context.stroke()
  }
}
