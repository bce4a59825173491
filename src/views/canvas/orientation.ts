import { GRID } from '../../model/grid.ts'

/** `upright`: columns are drawn as rows, for screens that are narrow and tall. */
export type Orientation = 'lying' | 'upright'

interface Position {
  x: number
  y: number
}

/** Canvases narrower than this are drawn upright. */
export const UPRIGHT_BELOW_PX = 560

const LYING = GRID
/** How far apart an upright drawing puts columns and rows. */
const UPRIGHT = { column: 268, row: 166 }

/** Where a node is drawn. The blueprint's own position stays what it is. */
export function toScreen({ x, y }: Position, orientation: Orientation): Position {
  if (orientation === 'lying') return { x, y }
  return { x: (y * UPRIGHT.column) / LYING.row, y: (x * UPRIGHT.row) / LYING.column }
}

/** The way back from {@link toScreen}, in whole pixels. */
export function toBlueprint({ x, y }: Position, orientation: Orientation): Position {
  if (orientation === 'lying') return { x: Math.round(x), y: Math.round(y) }
  return { x: Math.round((y * LYING.column) / UPRIGHT.row), y: Math.round((x * LYING.row) / UPRIGHT.column) }
}
