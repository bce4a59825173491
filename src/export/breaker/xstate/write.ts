import type { Source } from '../../exporter.ts'
import { code, printFile, type Snippet } from '../../print.ts'
import { editablePart } from '../editable.ts'
import { planBreaker } from '../write.ts'
import { runtimePart } from './runtime.ts'

/** A circuit breaker as one file: its machine for XState, and what drives it. */
export function writeBreakerMachine(source: Source): Snippet {
  // The machine watches slow calls and lets waits grow whatever they are set to: its numbers are all there is to edit.
  const plan = { ...planBreaker(source), watchesSlowCalls: true, waitGrows: true }
  const file = code`
    ${editablePart(plan, 'xstate', code`import { assign, createActor, setup, type Actor } from 'xstate';`)}

    ${runtimePart(plan)}
  `
  return { fileName: `${plan.fileName}.ts`, code: printFile(file) }
}
