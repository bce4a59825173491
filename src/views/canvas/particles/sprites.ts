import { GLYPH_LOOKS } from './glyphs.ts'

/** One glyph as the painter draws it, its middle at a point. */
export type DrawGlyph = (context: CanvasRenderingContext2D, glyph: number, x: number, y: number) => void

/** Every glyph drawn once and then copied: a copy costs a fraction of an outline. Drawn anew when size or colours change. */
export class Sprites {
  readonly #sheet = document.createElement('canvas')
  #key = ''
  #cell = 0
  #density = 1

  /**
   * Makes ready for pictures in which a glyph fits into `width` pixels, at so many device pixels to one.
   * @param look changes whenever `draw` would draw something else.
   */
  prepare(width: number, density: number, look: string, draw: DrawGlyph): void {
    // Whole device pixels, an even number of them, so that copies stay sharp.
    const cell = Math.ceil((width * density) / 2) * 2
    const key = `${cell} ${density} ${look}`
    if (key === this.#key) return
    this.#key = key
    this.#cell = cell
    this.#density = density
    this.#sheet.width = cell * GLYPH_LOOKS.length
    this.#sheet.height = cell
    const context = this.#sheet.getContext('2d')
    if (!context) return
    context.setTransform(density, 0, 0, density, 0, 0)
    for (let glyph = 0; glyph < GLYPH_LOOKS.length; glyph += 1) draw(context, glyph, ((glyph + 0.5) * cell) / density, cell / 2 / density)
  }

  /** Copies a glyph to where `x` and `y` are its middle, to the nearest device pixel. */
  stamp(context: CanvasRenderingContext2D, glyph: number, x: number, y: number): void {
    const cell = this.#cell
    const density = this.#density
    const left = Math.round(x * density - cell / 2) / density
    const top = Math.round(y * density - cell / 2) / density
    context.drawImage(this.#sheet, glyph * cell, 0, cell, cell, left, top, cell / density, cell / density)
  }
}
