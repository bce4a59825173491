import type { Blueprint, BlueprintNode } from '../../model/blueprint.ts'
import { code, printFile } from '../print.ts'
import type { Snippet } from '../snippet.ts'
import { editablePart } from './editable.ts'
import { planSlice } from './plan.ts'
import { runtimePart } from './runtime.ts'

/** The slice that a node belongs to, from commands to queries, as one file: the same one from any of its nodes. */
export function writeSlice(blueprint: Blueprint, node: BlueprintNode): Snippet {
  const plan = planSlice(blueprint, node)
  const file = code`
    ${editablePart(plan)}

    ${runtimePart(plan)}
  `
  return { fileName: `${plan.fileName}.ts`, code: printFile(file) }
}
