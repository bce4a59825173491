import type { Source } from '../exporter.ts'
import { code, printFile, type Snippet } from '../print.ts'
import { editablePart } from './editable.ts'
import { planSaga } from './plan.ts'
import { runtimePart } from './runtime.ts'

/** A saga orchestrator as one file. */
export function writeSaga(source: Source): Snippet {
  const plan = planSaga(source)
  const file = code`
    ${editablePart(plan)}

    ${runtimePart(plan)}
  `
  return { fileName: `${plan.fileName}.ts`, code: printFile(file) }
}
