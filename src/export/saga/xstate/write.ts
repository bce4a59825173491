import type { Source } from '../../exporter.ts'
import { code, printFile, type Snippet } from '../../print.ts'
import { editablePart } from './editable.ts'
import { planSagaMachine } from './plan.ts'
import { runtimePart } from './runtime.ts'

/** A saga orchestrator as one file: its machine for XState, and what drives it. */
export function writeSagaMachine(source: Source): Snippet {
  const plan = planSagaMachine(source)
  const file = code`
    ${editablePart(plan)}

    ${runtimePart(plan)}
  `
  return { fileName: `${plan.fileName}.ts`, code: printFile(file) }
}
