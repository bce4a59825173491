export type { BreakerEvent, RecordedRun } from '../recorded.ts'
export { EXPORT_TARGETS, planExport, type ExportPlan, type ExportTarget } from './plan.ts'
