import * as v from 'valibot'
import { plain } from '../base/plain.ts'
import { distributionSchema, shown } from '../patterns/fields.ts'
import { findPattern, patternKinds } from '../patterns/index.ts'
import { blueprintSchema, SCHEMA_VERSION, type Blueprint, type BlueprintNode } from './blueprint.ts'
import { checkGraph, checkRequestTypes } from './graph-checks.ts'
import { fitToShow, hasErrors, type Problem } from './problem.ts'

/** The blueprint when it can be opened, and everything there is to say about it. */
export interface Parsed {
  blueprint: Blueprint | undefined
  problems: Problem[]
}

/** Of each value the first thing wrong is told: what is not even finite need not be called too large as well. */
const FIRST_OF_EACH = { abortPipeEarly: true }
const BYTES_MAX = 4_000_000

/** Reads a blueprint from text nobody has checked. Never throws; what is on screen stays as it is until it is whole. */
export function parseBlueprintText(text: string): Parsed {
  if (text.length > BYTES_MAX) return refused('', `The file has ${text.length} characters; at most ${BYTES_MAX} can be opened.`)
  let value: unknown
  try {
    // Some editors put a byte order mark first.
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    return refused('', `This is not JSON: ${error instanceof Error ? plain(error.message, 300) : 'it cannot be read'}`)
  }
  return parseBlueprint(value)
}

/** Checks a value from outside against the blueprint's schema, each kind's schema and the rules of the graph. */
export function parseBlueprint(value: unknown): Parsed {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused('', 'A blueprint is a JSON object with schemaVersion, nodes and edges.')
  }
  const version: unknown = Reflect.get(value, 'schemaVersion')
  if (typeof version === 'number' && version > SCHEMA_VERSION) {
    return refused('schemaVersion', `${version} is newer than this build, which reads up to ${SCHEMA_VERSION}. Open it in a newer Faultline.`)
  }
  const result = v.safeParse(blueprintSchema, value, FIRST_OF_EACH)
  if (!result.success) return { blueprint: undefined, problems: result.issues.map((issue) => fitToShow(toProblem(issue, ''))) }
  const problems: Problem[] = []
  const nodes = result.output.nodes.map((node, index) => checkNode(node, index, problems))
  const blueprint: Blueprint = { ...result.output, nodes }
  checkEdges(blueprint, problems)
  problems.push(...checkGraph(blueprint))
  if (!hasErrors(problems)) problems.push(...checkRequestTypes(blueprint))
  return { blueprint: hasErrors(problems) ? undefined : blueprint, problems: problems.map(fitToShow) }
}

/** Checks one config against its kind; missing settings take their defaults. */
export function checkConfig(kind: string, config: Record<string, unknown>, path: string): { config: Record<string, unknown>; problems: Problem[] } {
  const pattern = findPattern(kind)
  if (!pattern) return { config, problems: [{ path, message: `${shown(kind)} is not a kind`, severity: 'error' }] }
  const result = v.safeParse(pattern.schema, { ...(pattern.defaults as object), ...config }, FIRST_OF_EACH)
  if (!result.success) return { config, problems: result.issues.map((issue) => toProblem(issue, path)) }
  const problems = (pattern.check?.(result.output) ?? []).map(({ field, message, severity }): Problem => {
    // Settings that contradict each other keep their own node from starting, and nobody else.
    return { path: `${path}.${field}`, message, severity, ...(severity === 'error' && { isLocal: true }) }
  })
  return { config: result.output as Record<string, unknown>, problems }
}

function checkNode(node: BlueprintNode, index: number, problems: Problem[]): BlueprintNode {
  const path = `nodes[${index}]`
  const pattern = findPattern(node.kind)
  if (!pattern) {
    problems.push({ path: `${path}.kind`, message: `${shown(node.kind)} is not a kind this build knows: ${patternKinds().join(', ')}`, severity: 'error' })
    return node
  }
  const checked = checkConfig(node.kind, node.config, `${path}.config`)
  problems.push(...checked.problems)
  if (node.bypassed && pattern.role !== 'policy') {
    problems.push({ path: `${path}.bypassed`, message: `a ${node.kind} cannot be bypassed; only policies can`, severity: 'error' })
  }
  return { ...node, config: checked.config }
}

function checkEdges(blueprint: Blueprint, problems: Problem[]): void {
  blueprint.edges.forEach((edge, index) => {
    if (edge.latency === undefined) return
    const result = v.safeParse(distributionSchema, edge.latency, FIRST_OF_EACH)
    if (!result.success) problems.push(...result.issues.map((issue) => toProblem(issue, `edges[${index}].latency`)))
  })
}

function toProblem(issue: v.BaseIssue<unknown>, base: string): Problem {
  let path = base
  for (const item of issue.path ?? []) {
    const key = String(item.key)
    if (typeof item.key === 'number') path += `[${key}]`
    else path += path === '' ? key : `.${key}`
  }
  const unknown = issue.type === 'strict_object' && issue.expected === 'never'
  const missing = issue.type === 'strict_object' && issue.received === 'undefined'
  const message = unknown ? 'is not a setting that belongs here' : missing ? 'is missing' : issue.message
  return { path, message, severity: 'error' }
}

function refused(path: string, message: string): Parsed {
  return { blueprint: undefined, problems: [{ path, message, severity: 'error' }] }
}
