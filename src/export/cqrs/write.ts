import type { Source } from '../exporter.ts'
import { code, printFile, type Snippet } from '../print.ts'
import { editablePart } from './editable.ts'
import { planSlice } from './plan.ts'
import { runtimePart } from './runtime.ts'

/** The slice that a node belongs to, from commands to queries, as one file: the same one from any of its nodes. */
export function writeSlice(source: Source): Snippet {
  const plan = planSlice(source)
  const file = code`
    ${editablePart(plan, 'zero-dep')}

    ${runtimePart(plan)}
  `
  return { fileName: `${plan.fileName}.ts`, code: printFile(file) }
}
