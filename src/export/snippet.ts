import type { Blueprint, BlueprintNode } from '../model/blueprint.ts'
import { findPattern } from '../patterns/index.ts'
import { editablePart } from './breaker/editable.ts'
import { runtimePart } from './breaker/runtime.ts'
import { planParts, settingsOf, type BreakerPlan } from './breaker/settings.ts'
import { SLICE_KINDS } from './cqrs/plan.ts'
import { writeSlice } from './cqrs/write.ts'
import { writeSaga } from './saga/write.ts'
import { safeFileName, safeName } from './names.ts'
import { code, printFile, type Snippet } from './print.ts'

/** Writes the code of one node of its kind. */
type WriteSnippet = (blueprint: Blueprint, node: BlueprintNode, fileStem?: string) => Snippet

/** Kinds that have code of their own. */
const WRITERS: ReadonlyMap<string, WriteSnippet> = new Map([
  ['circuit-breaker', writeBreaker],
  ['saga', writeSaga],
  ...SLICE_KINDS.map((kind): [string, WriteSnippet] => [kind, writeSlice]),
])

/**
 * The configured node as one self-contained TypeScript file: no dependencies, only what is configured, the part a person
 * edits on top. Undefined for unknown nodes and for kinds without code. The same blueprint gives the same text.
 *
 * @param fileStem the file's name without its ending; made of the node's label when it is left out.
 */
export function generateSnippet(blueprint: Blueprint, nodeId: string, fileStem?: string): Snippet | undefined {
  const node = blueprint.nodes.find((one) => one.id === nodeId)
  return node && WRITERS.get(node.kind)?.(blueprint, node, fileStem)
}

/** Whether {@link generateSnippet} has something for nodes of this kind. */
export function hasSnippet(kind: string): boolean {
  return WRITERS.has(kind)
}

function writeBreaker(blueprint: Blueprint, node: BlueprintNode, fileStem?: string): Snippet {
  const settings = settingsOf(node)
  const plan: BreakerPlan = {
    settings,
    ...planParts(settings),
    label: node.label.trim() === '' ? 'Circuit breaker' : node.label,
    protects: protectedLabel(blueprint, node.id),
    drawing: blueprint.name,
    name: breakerName(node.label),
    fileName: fileStem ?? safeFileName(node.label, 'circuit-breaker'),
  }
  const file = code`
    ${editablePart(plan)}

    ${runtimePart(plan)}
  `
  return { fileName: `${plan.fileName}.ts`, code: printFile(file) }
}

/** `paymentBreaker` for "Payments" and for "Payment breaker". */
function breakerName(label: string): string {
  const stem = safeName(label, '')
  if (stem === '') return 'breaker'
  return /breaker$/i.test(stem) ? stem : `${stem}Breaker`
}

/** Label of the first node behind this one that does the work itself; other policies on the way are passed over. */
export function protectedLabel(blueprint: Blueprint, from: string): string {
  const seen = new Set<string>()
  let id: string | undefined = from
  while (id !== undefined && !seen.has(id)) {
    seen.add(id)
    const current: string = id
    id = blueprint.edges.find((edge) => edge.from === current)?.to
    const node = blueprint.nodes.find((one) => one.id === id)
    if (node && findPattern(node.kind)?.role !== 'policy') return node.label
  }
  return 'what it calls'
}
