export type { BreakerEvent, RecordedRun } from '../recorded.ts'
export type { ProjectOptions } from './options.ts'
export { planExport, type ExportPlan } from './plan.ts'
