export type { BreakerEvent, RecordedRun, SagaCall, SagaCrash, SagaRun, SagaRuns, SliceEvent, SliceRun } from '../recorded.ts'
export { planExport, type ExportPlan, type ProjectOptions } from './plan.ts'
export { zipName, zipProject } from './zip.ts'
