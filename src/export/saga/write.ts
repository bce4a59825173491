import type { Blueprint, BlueprintNode } from '../../model/blueprint.ts'
import { code, printFile, type Snippet } from '../print.ts'
import { editablePart } from './editable.ts'
import { planSaga } from './plan.ts'
import { runtimePart } from './runtime.ts'

/** A saga orchestrator as one file. */
export function writeSaga(blueprint: Blueprint, node: BlueprintNode, fileStem?: string): Snippet {
  const plan = planSaga(blueprint, node, fileStem)
  const file = code`
    ${editablePart(plan)}

    ${runtimePart(plan)}
  `
  return { fileName: `${plan.fileName}.ts`, code: printFile(file) }
}
