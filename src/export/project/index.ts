export type { BreakerEvent, RecordedRun } from '../recorded.ts'
export { planExport, type ExportPlan, type ProjectOptions } from './plan.ts'
export { zipName, zipProject } from './zip.ts'
