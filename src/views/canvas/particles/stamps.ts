import type { Rect } from '../lines/geometry.ts'
import { GLYPH_LOOKS } from './glyphs.ts'
import { Pixels, type Sheet } from './pixels.ts'

/** One glyph as the painter draws it, its middle at a point. */
export type DrawGlyph = (context: CanvasRenderingContext2D, glyph: number, x: number, y: number) => void

/** What a picture of stamps is made for. */
export interface StampPlan {
  /** The part of the screen that is drawn on. */
  stage: Rect
  /** Device pixels to one pixel. */
  density: number
  /** A glyph fits into so many pixels. */
  glyphPx: number
  /** Changes whenever `draw` would draw something else. */
  look: string
  draw: DrawGlyph
}

/** Every glyph drawn once and then copied: a copy costs a fraction of an outline. Drawn anew when size or colours change. */
export class Stamps {
  readonly #pixels = new Pixels()
  #sheet: Sheet = { pixels: new Uint32Array(0), cell: 0, width: 0 }
  #key = ''
  #plan: StampPlan | undefined

  /** Begins a picture. */
  begin(plan: StampPlan): void {
    const { stage, density, glyphPx, look, draw } = plan
    this.#plan = plan
    this.#pixels.clear(Math.ceil(stage.width * density), Math.ceil(stage.height * density))
    // Whole device pixels, an even number of them, so that copies stay sharp.
    const cell = Math.ceil((glyphPx * density) / 2) * 2
    const key = `${cell} ${density} ${look}`
    if (key === this.#key) return
    this.#key = key
    this.#sheet = drawSheet(cell, density, draw)
  }

  /** Copies a glyph to where `x` and `y` are its middle, to the nearest device pixel. */
  stamp(glyph: number, x: number, y: number, opacity: number): void {
    if (!this.#plan) return
    const { stage, density } = this.#plan
    const half = this.#sheet.cell / 2
    this.#pixels.stamp(this.#sheet, glyph, Math.round((x - stage.x) * density - half), Math.round((y - stage.y) * density - half), opacity)
  }

  /** Shows the picture on the canvas of the stage. */
  end(context: CanvasRenderingContext2D): void {
    this.#pixels.show(context)
  }
}

function drawSheet(cell: number, density: number, draw: DrawGlyph): Sheet {
  const canvas = document.createElement('canvas')
  canvas.width = cell * GLYPH_LOOKS.length
  canvas.height = cell
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return { pixels: new Uint32Array(canvas.width * cell), cell, width: canvas.width }
  context.setTransform(density, 0, 0, density, 0, 0)
  for (let glyph = 0; glyph < GLYPH_LOOKS.length; glyph += 1) draw(context, glyph, ((glyph + 0.5) * cell) / density, cell / 2 / density)
  const { data } = context.getImageData(0, 0, canvas.width, cell)
  return { pixels: new Uint32Array(data.buffer), cell, width: canvas.width }
}
