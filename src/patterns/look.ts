/** How something of a run reads and looks: a word, a colour's name and a drawing, so that no colour stands alone. */
export interface Look {
  word: string
  /** As `data-tone` in the stylesheet of `ui`. */
  tone: 'muted' | 'ok' | 'closed' | 'warn' | 'down' | 'undo'
  /** An SVG path within 12 × 12, drawn with a line. */
  glyph: string
}

/** Drawings that mean the same wherever they stand. */
export const CHECK = 'M2.2 6.4 4.9 9.1 9.8 3.1'
export const CROSS = 'M3 3 9 9M9 3 3 9'
export const PAUSE = 'M4.2 2.6V9.4M7.8 2.6V9.4'
export const RING = 'M6 3.2A2.8 2.8 0 1 0 6.01 3.2Z'
export const SAME = 'M3 4.4H9M3 7.6H9'
