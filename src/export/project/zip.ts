import { strToU8, zipSync, type Zippable } from 'fflate'
import type { Blueprint } from '../../model/blueprint.ts'
import { safeFileName } from '../names.ts'
import type { ExportPlan } from './plan.ts'

/** A project as one zip. The same plan gives the same bytes, anywhere; every path is the plan's. */
export function zipProject(plan: ExportPlan): Uint8Array {
  // The first moment that a zip can tell of, as read off the wall: the same bytes in every time zone.
  const mtime = new Date(1980, 0, 1)
  const files: Zippable = {}
  for (const [path, text] of plan) files[path] = [strToU8(text), { mtime }]
  return zipSync(files, { level: 9 })
}

/** What the zip of a drawing is called: `orders.zip`. */
export function zipName({ name }: Blueprint): string {
  return `${safeFileName(name, 'resilience')}.zip`
}
