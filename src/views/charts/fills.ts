/** Fills that differ without colour: plain, diagonal, dotted, crossed. The legend's swatches repeat them. */
export type FillKind = 'plain' | 'diagonal' | 'dots' | 'cross'

const TILE = 8

/** A fill for a canvas in a colour. `ratio`: device pixels per pixel. */
export function canvasFill(kind: FillKind, color: string, ratio: number): CanvasPattern | string {
  const size = Math.round(TILE * ratio)
  const canvas = new OffscreenCanvas(size, size)
  const context = canvas.getContext('2d')
  if (!context) return color
  context.fillStyle = color
  context.strokeStyle = color
  context.lineWidth = 1.6 * ratio
  context.globalAlpha = kind === 'plain' ? 0.5 : 0.26
  context.fillRect(0, 0, size, size)
  context.globalAlpha = 0.9
  paint(context, kind, size)
  return context.createPattern(canvas, 'repeat') ?? color
}

function paint(context: OffscreenCanvasRenderingContext2D, kind: FillKind, size: number): void {
  context.beginPath()
  if (kind === 'dots') {
    context.arc(size / 4, size / 4, size / 7, 0, 7)
    context.arc((size * 3) / 4, (size * 3) / 4, size / 7, 0, 7)
    context.fill()
  }
  if (kind === 'diagonal' || kind === 'cross') diagonals(context, size, (x) => x)
  if (kind === 'cross') diagonals(context, size, (x) => size - x)
  context.stroke()
}

/** Three lines, so that the tile's corners are covered too. */
function diagonals(context: OffscreenCanvasRenderingContext2D, size: number, mirror: (x: number) => number): void {
  for (const shift of [-size, 0, size]) {
    context.moveTo(mirror(shift - 2), size + 2)
    context.lineTo(mirror(shift + size + 2), -2)
  }
}
