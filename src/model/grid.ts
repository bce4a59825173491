/** How far apart drawings put their columns and rows, in pixels at zoom 1. */
export const GRID = { column: 244, row: 190 } as const

/** No node stands further out than this, in any direction. */
export const COORDINATE_MAX = 1_000_000
