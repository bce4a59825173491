import { findPattern } from '../patterns/index.ts'
import { shown } from '../patterns/fields.ts'
import type { Surrounding } from '../patterns/pattern.ts'
import { REQUEST_TYPES_MAX, type Blueprint } from './blueprint.ts'
import { collectRequestTypes } from './request-types.ts'
import { checkFaults } from './fault-checks.ts'
import type { Problem } from './problem.ts'

/** The rules that no single node can know: unique ids, edges that lead somewhere, ports, no circles, faults that exist. */
export function checkGraph(blueprint: Blueprint): Problem[] {
  const checks = [checkIds, checkEnds, checkCircles, checkSurroundings, checkFaults, checkLesson]
  return checks.flatMap((check) => check(blueprint))
}

function checkIds({ nodes, edges, notes = [] }: Blueprint): Problem[] {
  const problems: Problem[] = []
  const seen = new Set<string>()
  const note = (id: string, path: string): void => {
    if (seen.has(id)) problems.push({ path, message: `${shown(id)} is used twice; ids are unique`, severity: 'error' })
    seen.add(id)
  }
  nodes.forEach(({ id }, index) => note(id, `nodes[${index}].id`))
  edges.forEach(({ id }, index) => note(id, `edges[${index}].id`))
  notes.forEach(({ id }, index) => note(id, `notes[${index}].id`))
  return problems
}

/** For blueprints without errors: it looks into configs. */
export function checkRequestTypes({ nodes, edges, faults, interventions }: Blueprint): Problem[] {
  const known = collectRequestTypes(nodes)
  if (known.length > REQUEST_TYPES_MAX) {
    return [{ path: 'nodes', message: `${known.length} request types are more than ${REQUEST_TYPES_MAX}`, severity: 'error' }]
  }
  const unknownIn = (entry: object, path: string): Problem[] => {
    const type: unknown = Reflect.get(entry, 'requestType')
    return typeof type !== 'string' || known.includes(type) ? [] : [{ path: `${path}.requestType`, message: `nobody asks for ${shown(type)}`, severity: 'error' }]
  }
  const edgeProblems = edges.flatMap(({ requestTypes = [] }, index) =>
    requestTypes.flatMap((type): Problem[] =>
      known.includes(type) ? [] : [{ path: `edges[${index}].requestTypes`, message: `nobody asks for ${shown(type)}`, severity: 'warning' }],
    ),
  )
  return [
    ...edgeProblems,
    ...faults.flatMap((entry, index) => unknownIn(entry, `faults[${index}]`)),
    ...interventions.flatMap((entry, index) => unknownIn(entry, `interventions[${index}]`)),
  ]
}

function checkEnds({ nodes, edges }: Blueprint): Problem[] {
  const problems: Problem[] = []
  const kinds = new Map(nodes.map((node) => [node.id, node.kind]))
  const outgoing = new Map<string, number>()
  edges.forEach((edge, index) => {
    for (const end of ['from', 'to'] as const) {
      if (!kinds.has(edge[end])) {
        problems.push({ path: `edges[${index}].${end}`, message: `there is no node ${shown(edge[end])}`, severity: 'error' })
      }
    }
    const fromPorts = findPattern(kinds.get(edge.from) ?? '')?.ports
    const toPorts = findPattern(kinds.get(edge.to) ?? '')?.ports
    const count = (outgoing.get(edge.from) ?? 0) + 1
    outgoing.set(edge.from, count)
    if (fromPorts?.out === 'none') problems.push({ path: `edges[${index}].from`, message: `a ${kinds.get(edge.from)} calls nobody`, severity: 'error' })
    if (fromPorts?.out === 'one' && count === 2) {
      problems.push({ path: `edges[${index}].from`, message: `a ${kinds.get(edge.from)} stands before one call; it has two edges out`, severity: 'error' })
    }
    if (toPorts?.in === false) problems.push({ path: `edges[${index}].to`, message: `nobody can call a ${kinds.get(edge.to)}`, severity: 'error' })
  })
  return problems
}

/** Calls wait for their answers, so a circle would be a call that waits for itself. */
function checkCircles({ nodes, edges }: Blueprint): Problem[] {
  const next = new Map<string, { to: string; index: number }[]>(nodes.map((node) => [node.id, []]))
  edges.forEach((edge, index) => next.get(edge.from)?.push({ to: edge.to, index }))
  const state = new Map<string, 'open' | 'done'>()
  for (const node of nodes) {
    const stack = [{ id: node.id, at: 0 }]
    if (state.has(node.id)) continue
    state.set(node.id, 'open')
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!
      const edge = next.get(top.id)?.[top.at++]
      if (!edge) {
        state.set(top.id, 'done')
        stack.pop()
      } else if (state.get(edge.to) === 'open') {
        const circle = [...stack.slice(stack.findIndex(({ id }) => id === edge.to)).map(({ id }) => id), edge.to].join(' → ')
        return [{ path: `edges[${edge.index}]`, message: `closes a circle, ${circle}: a call would wait for itself`, severity: 'error' }]
      } else if (!state.has(edge.to) && next.has(edge.to)) {
        state.set(edge.to, 'open')
        stack.push({ id: edge.to, at: 0 })
      }
    }
  }
  return []
}

function checkSurroundings(blueprint: Blueprint): Problem[] {
  return surroundings(blueprint).map(({ index, message, severity }) => ({ path: `nodes[${index}]`, message, severity, ...(severity === 'error' && { isLocal: true }) }))
}

/** What kinds miss in the nodes around theirs. */
export function surroundings({ nodes, edges }: Pick<Blueprint, 'nodes' | 'edges'>): (Surrounding & { index: number })[] {
  const kinds = new Map(nodes.map(({ id, kind, bypassed }) => [id, bypassed ? '' : kind]))
  const reach = (from: string, forward: boolean): { id: string; kind: string }[] => {
    const seen = new Set([from])
    for (const id of seen) for (const edge of edges) if ((forward ? edge.from : edge.to) === id) seen.add(forward ? edge.to : edge.from)
    return [...seen].flatMap((id) => (id !== from && kinds.get(id) ? [{ id, kind: kinds.get(id)! }] : []))
  }
  return nodes.flatMap(({ id, kind, config, bypassed }, index) => {
    const check = bypassed ? undefined : findPattern(kind)?.checkGraph
    if (!check) return []
    return check({ id, config, upstream: reach(id, false), downstream: reach(id, true) }).map((found) => ({ ...found, index }))
  })
}

function checkLesson({ nodes, lesson }: Blueprint): Problem[] {
  if (!lesson) return []
  const ids = new Set(nodes.map((node) => node.id))
  const named: [string, string][] = [
    [lesson.protagonist, 'lesson.protagonist'],
    ...lesson.beats.flatMap((beat, index) => beat.spotlight.map((id): [string, string] => [id, `lesson.beats[${index}].spotlight`])),
    ...lesson.beats.flatMap((beat, index): [string, string][] => ('node' in beat.when ? [[beat.when.node, `lesson.beats[${index}].when.node`]] : [])),
    ...lesson.tries.map((entry, index): [string, string] => [entry.node, `lesson.tries[${index}].node`]),
  ]
  return named.flatMap(([id, path]) => (ids.has(id) ? [] : [{ path, message: `there is no node ${shown(id)}`, severity: 'error' as const }]))
}
