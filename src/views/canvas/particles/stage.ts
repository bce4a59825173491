import type { PathTable, Rect } from '../lines/geometry.ts'
import type { Transform } from './painter.ts'

/** Room around the lines for what moves beside them. */
const MARGIN = 18
/** Sizes are whole multiples of this, so that zooming does not give the canvas a new size with every frame. */
const STEP = 64

/**
 * The part of the screen where particles may be: around all lines, cut to what is seen. Every frame of a moving canvas is
 * copied as a whole, so a small canvas is a cheap one. Undefined when no line is in sight.
 */
export function stageOf(tables: readonly (PathTable | undefined)[], [x, y, zoom]: Transform, seen: { width: number; height: number }): Rect | undefined {
  let left = Infinity
  let top = Infinity
  let right = -Infinity
  let bottom = -Infinity
  for (const table of tables) {
    if (!table) continue
    for (let at = 0; at < table.xs.length; at += 1) {
      left = Math.min(left, table.xs[at]!)
      right = Math.max(right, table.xs[at]!)
      top = Math.min(top, table.ys[at]!)
      bottom = Math.max(bottom, table.ys[at]!)
    }
  }
  const fromX = Math.max(0, Math.floor(left * zoom + x - MARGIN))
  const fromY = Math.max(0, Math.floor(top * zoom + y - MARGIN))
  const toX = Math.min(seen.width, Math.ceil(right * zoom + x + MARGIN))
  const toY = Math.min(seen.height, Math.ceil(bottom * zoom + y + MARGIN))
  // Also when there is no line at all: Infinity − Infinity is below any size.
  if (!(toX > fromX && toY > fromY)) return undefined
  return { x: fromX, y: fromY, width: roundUp(toX - fromX), height: roundUp(toY - fromY) }
}

function roundUp(size: number): number {
  return Math.ceil(size / STEP) * STEP
}
