import { findPattern } from '../patterns/index.ts'
import { runCombination } from './ablation.ts'
import { runCell } from './run-cell.ts'
import type { LabJob, LabResult } from './types.ts'

/** Does a job. */
export function doJob(job: LabJob): LabResult {
  if (job.what === 'cell') return { what: 'cell', cell: runCell(job.blueprint, job.node, job.struck) }
  const { ablation } = findPattern(job.node.kind)!.experiments!
  return { what: 'combination', row: runCombination(job.node, ablation, ablation.combinations[job.combination]!) }
}
