import type { ExportTarget } from '../targets.ts'

/** How a project is written, besides what drawing and run say. */
export interface ProjectOptions {
  target: ExportTarget
  /** Opens the drawing; stands in headers and README unless it is left out. */
  link?: string | undefined
}
