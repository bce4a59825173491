import { findPattern } from '../patterns/index.ts'
import type { BlueprintNode } from './blueprint.ts'

const known = new WeakMap<BlueprintNode, { why: string | undefined }>()

/** Why a node does not start, in a sentence: its settings contradict each other. Undefined for one that starts. Asked often. */
export function whyNotStarted(node: BlueprintNode): string | undefined {
  const found = known.get(node) ?? { why: reasonOf(node) }
  known.set(node, found)
  return found.why
}

function reasonOf({ kind, config, bypassed }: BlueprintNode): string | undefined {
  return bypassed ? undefined : findPattern(kind)?.check?.(config).find(({ severity }) => severity === 'error')?.message
}
