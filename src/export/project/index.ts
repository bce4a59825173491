export type { BreakerEvent, RecordedRun, SagaCall, SagaCrash, SagaRun, SagaRuns, SliceEvent, SliceRun } from '../recorded.ts'
export type { ProjectOptions } from './options.ts'
export { planExport, type ExportPlan } from './plan.ts'
export { zipName, zipProject } from './zip.ts'
