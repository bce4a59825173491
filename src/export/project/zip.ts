import { strToU8, zipSync, type Zippable } from 'fflate'
import type { Blueprint } from '../../model/blueprint.ts'
import { safeFileName } from '../names.ts'
import type { ExportPlan } from './plan.ts'

/** The first moment that a zip can tell of, as read off the wall: the same bytes in every time zone. */
const FIRST_MOMENT = '1980-01-01T00:00:00'

/** A project as one zip. The same plan gives the same bytes, anywhere; every path is the plan's. */
export function zipProject(plan: ExportPlan): Uint8Array {
  const files: Zippable = {}
  for (const [path, text] of plan) files[path] = [strToU8(text), { mtime: FIRST_MOMENT }]
  return zipSync(files, { level: 9 })
}

/** What the zip of a drawing is called: `orders.zip`. */
export function zipName({ name }: Blueprint): string {
  return `${safeFileName(name, 'resilience')}.zip`
}
