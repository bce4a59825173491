import type { Blueprint, BlueprintNode } from '../../model/blueprint.ts'
import { code, printFile } from '../print.ts'
import type { Snippet } from '../snippet.ts'
import { editablePart } from './editable.ts'
import { planSaga } from './plan.ts'
import { runtimePart } from './runtime.ts'

/** A saga orchestrator as one file. */
export function writeSaga(blueprint: Blueprint, node: BlueprintNode): Snippet {
  const plan = planSaga(blueprint, node)
  const file = code`
    ${editablePart(plan)}

    ${runtimePart(plan)}
  `
  return { fileName: `${plan.fileName}.ts`, code: printFile(file) }
}
