/** What of a fault is taken hold of: all of it, its beginning, or its end. */
export type Grip = 'all' | 'from' | 'to'

export interface Times {
  fromMs: number
  /** Undefined: for the rest of the run. */
  toMs?: number | undefined
}

/** Times by hand are whole hundredths of a second, and so long is the shortest fault. */
const GRID_MS = 10

/** A fault's times when what is held of it was moved by `byMs`; it stays within the run and never ends before it begins. */
export function dragged({ fromMs, toMs }: Times, grip: Grip, byMs: number, endMs: number): Times {
  const within = (ms: number, min: number, max: number): number => Math.min(Math.max(snapped(ms), min), Math.max(min, max))
  if (grip === 'from') return { fromMs: within(fromMs + byMs, 0, (toMs ?? endMs) - GRID_MS), toMs }
  if (grip === 'to') return { fromMs, toMs: within((toMs ?? endMs) + byMs, fromMs + GRID_MS, endMs) }
  const movedMs = within(fromMs + byMs, 0, endMs - GRID_MS)
  return { fromMs: movedMs, toMs: toMs === undefined ? undefined : roundedUs(movedMs + toMs - fromMs) }
}

/** What a pointer holds that stands so far from a bar's left edge. Short bars are held as a whole. */
export function gripAt(px: number, widthPx: number): Grip {
  if (widthPx < 4 * END_PX) return 'all'
  if (px < END_PX) return 'from'
  return px > widthPx - END_PX && px < widthPx + END_PX ? 'to' : 'all'
}

const END_PX = 8

function snapped(ms: number): number {
  return Math.round(ms / GRID_MS) * GRID_MS
}

/** Without what binary fractions add below a microsecond. */
function roundedUs(ms: number): number {
  return Math.round(ms * 1_000) / 1_000
}
