/** Small pictures side by side, all of one size: what is stamped. Pixels as in ImageData, a pixel a number. */
export interface Sheet {
  pixels: Uint32Array
  /** Width and height of one picture. */
  cell: number
  /** Of the whole sheet. */
  width: number
}

/**
 * A picture that small pictures are stamped onto by hand. Two thousand `drawImage` calls on a canvas without a graphics card
 * cost twice what this does and the copy onto the canvas after it (16 ms against 7, measured in Chromium).
 */
export class Pixels {
  #pixels = new Uint32Array(0)
  #width = 0
  #height = 0

  /** Makes it empty, of this size in whole pixels. */
  clear(width: number, height: number): void {
    if (this.#width === width && this.#height === height) this.#pixels.fill(0)
    else this.#pixels = new Uint32Array(width * height)
    this.#width = width
    this.#height = height
  }

  /** As in ImageData: four bytes a pixel, row by row. */
  bytes(): Uint8ClampedArray<ArrayBuffer> {
    return new Uint8ClampedArray(this.#pixels.buffer)
  }

  /**
   * Stamps one picture of a sheet over what is there; what lies outside is cut.
   * @param opacity 0 to 1
   */
  stamp({ pixels, cell, width }: Sheet, index: number, left: number, top: number, opacity: number): void {
    const full = Math.round(opacity * 256)
    const onto = this.#pixels
    const firstX = Math.max(0, -left)
    const lastX = Math.min(cell, this.#width - left)
    const lastY = Math.min(cell, this.#height - top)
    for (let y = Math.max(0, -top); y < lastY; y += 1) {
      let from = y * width + index * cell + firstX
      let to = (top + y) * this.#width + left + firstX
      for (let x = firstX; x < lastX; x += 1, from += 1, to += 1) {
        const pixel = pixels[from]!
        const alpha = ((pixel >>> 24) * full) >> 8
        if (alpha === 0) continue
        const below = onto[to]!
        onto[to] = alpha === 255 || below === 0 ? ((alpha << 24) | (pixel & 0xffffff)) >>> 0 : over(pixel, alpha, below)
      }
    }
  }

  show(context: CanvasRenderingContext2D): void {
    if (this.#width > 0 && this.#height > 0) context.putImageData(new ImageData(this.bytes(), this.#width, this.#height), 0, 0)
  }
}

/** One pixel over another, colours not multiplied with their alpha. */
function over(pixel: number, alpha: number, below: number): number {
  const rest = ((below >>> 24) * (255 - alpha)) / 255
  const sum = alpha + rest
  const red = ((pixel & 255) * alpha + (below & 255) * rest) / sum
  const green = (((pixel >>> 8) & 255) * alpha + ((below >>> 8) & 255) * rest) / sum
  const blue = (((pixel >>> 16) & 255) * alpha + ((below >>> 16) & 255) * rest) / sum
  return ((Math.round(sum) << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0
}
