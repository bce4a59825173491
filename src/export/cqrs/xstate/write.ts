import type { Source } from '../../exporter.ts'
import { code, printFile, type Snippet } from '../../print.ts'
import { editablePart } from '../editable.ts'
import { planSlice } from '../plan.ts'
import { runtimePart } from '../runtime.ts'
import { projectorMachine } from './machine.ts'

/** The slice that a node belongs to as one file: a machine for XState drives its projector. Without a stored view it has none. */
export function writeSliceMachine(source: Source): Snippet {
  const plan = planSlice(source)
  const { stored } = plan.uses
  const imports = stored ? code`import { assign, initialTransition, setup, transition } from 'xstate';` : undefined
  const file = code`
    ${editablePart(plan, stored ? 'xstate' : 'zero-dep', imports)}

    ${runtimePart(plan, stored ? projectorMachine(plan) : undefined)}
  `
  return { fileName: `${plan.fileName}.ts`, code: printFile(file) }
}
