import type { Source } from '../exporter.ts'
import { code, printFile, type Snippet } from '../print.ts'
import type { ExportTarget } from '../targets.ts'
import { editablePart } from './editable.ts'
import { runtimePart } from './runtime.ts'
import { planTimeout } from './settings.ts'

/** A timeout as one file. */
export function writeTimeout(source: Source, target: ExportTarget): Snippet {
  const plan = planTimeout(source, target)
  const file = code`
    ${editablePart(plan)}

    ${runtimePart(plan)}
  `
  return { fileName: `${plan.fileName}.ts`, code: printFile(file) }
}
