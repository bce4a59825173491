import * as v from 'valibot'
import { findPattern } from '../patterns/index.ts'
import { shown } from '../patterns/fields.ts'
import { faultSchema, FAULTS_MAX, type Blueprint, type BlueprintFault, type BlueprintNode } from './blueprint.ts'
import type { Problem } from './problem.ts'
import { collectRequestTypes } from './request-types.ts'

interface FaultTarget {
  node: string
  type?: string
  strength?: number | undefined
  requestType?: string | undefined
  times?: number | undefined
}

/** Faults and interventions that strike what is there, with what it has. */
export function checkFaults({ nodes, faults, interventions }: Blueprint): Problem[] {
  const kinds = kindsOf(nodes)
  return [
    ...faults.flatMap((fault, index) => [...checkTarget(kinds, fault, `faults[${index}].`), ...checkTimes(fault, `faults[${index}].`)]),
    ...interventions.flatMap((entry, index): Problem[] => {
      const problems = checkTarget(kinds, entry.what === 'fault' ? entry : { node: entry.node }, `interventions[${index}].`)
      const before = interventions[index - 1]
      if (!before || before.atMs <= entry.atMs) return problems
      return [...problems, { path: `interventions[${index}].atMs`, message: `${entry.atMs} is before the one listed ahead of it, ${before.atMs}`, severity: 'error' }]
    }),
  ]
}

/** Everything that keeps a drawing from having such a fault; paths name the fault's own fields: `strength`. */
export function problemsOfFault({ nodes }: Pick<Blueprint, 'nodes'>, fault: BlueprintFault): Problem[] {
  const result = v.safeParse(faultSchema, fault)
  if (!result.success) return result.issues.map((issue): Problem => ({ path: v.getDotPath(issue) ?? '', message: issue.message, severity: 'error' }))
  const { requestType } = fault
  const isAsked = requestType === undefined || collectRequestTypes(nodes).includes(requestType)
  return [
    ...checkTarget(kindsOf(nodes), fault, ''),
    ...checkTimes(fault, ''),
    ...(isAsked ? [] : [{ path: 'requestType', message: `nobody asks for ${shown(requestType)}`, severity: 'error' as const }]),
  ]
}

/** Why one more fault has no room, as a sentence. */
export function whyNoMoreFaults({ faults, interventions }: Blueprint): string | undefined {
  return faults.length < FAULTS_MAX && interventions.length < FAULTS_MAX ? undefined : `A drawing has at most ${FAULTS_MAX} faults.`
}

function checkTarget(kinds: ReadonlyMap<string, string>, { node, type, strength, requestType, times }: FaultTarget, at: string): Problem[] {
  const problem = (field: string, message: string): Problem => ({ path: `${at}${field}`, message, severity: 'error' })
  const kind = kinds.get(node)
  if (kind === undefined) return [problem('node', `there is no node ${shown(node)}`)]
  if (type === undefined) return []
  const specs = findPattern(kind)?.faults ?? []
  const spec = specs.find((fault) => fault.type === type)
  if (!spec) return [problem('type', `a ${kind} has no fault ${shown(type)}; it has ${specs.map((one) => one.type).join(', ') || 'none'}`)]
  const limit = requestType !== undefined ? 'requestType' : times !== undefined ? 'times' : undefined
  const bounds = spec.strength
  return [
    ...(limit && !spec.perCall ? [problem(limit, `"${spec.type}" concerns the whole ${kind}; it cannot be limited to some calls`)] : []),
    ...(bounds && strength !== undefined && (strength < bounds.min || strength > bounds.max) ? [problem('strength', `${strength} is not within ${bounds.min} to ${bounds.max} ${bounds.unit}`)] : []),
  ]
}

function checkTimes({ fromMs, toMs }: BlueprintFault, at: string): Problem[] {
  return toMs !== undefined && toMs < fromMs ? [{ path: `${at}toMs`, message: `${toMs} is before fromMs ${fromMs}`, severity: 'error' }] : []
}

function kindsOf(nodes: readonly BlueprintNode[]): Map<string, string> {
  return new Map(nodes.map(({ id, kind }) => [id, kind]))
}
