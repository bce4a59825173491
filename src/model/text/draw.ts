import { findPattern } from '../../patterns/index.ts'
import type { Blueprint, BlueprintEdge, BlueprintNode } from '../blueprint.ts'
import { freshId, takenIds } from '../ids.ts'
import { GRID } from '../grid.ts'
import { arranged } from '../layout.ts'
import { parseBlueprint } from '../parse.ts'
import { guessKind } from './kinds.ts'
import { readText, type Drafts, type NodeDraft, type TextProblem } from './read.ts'

/** A text's drawing; `blueprint` is undefined when there is something wrong with it. */
export interface Drawn {
  blueprint: Blueprint | undefined
  problems: TextProblem[]
}

/**
 * Draws what a text says in place of what is on the drawing. Nodes and lines that are on it already keep their ids and
 * places; faults, notes and the rest of the run stay. The text is the whole drawing: a setting it does not name has its
 * default. A text that says what is there already gives the same nodes and edges back.
 */
export function drawText(text: string, before: Blueprint): Drawn {
  const drafts = readText(text)
  if (drafts.problems.length > 0) return { blueprint: undefined, problems: drafts.problems }
  const taken = takenIds({ ...before, nodes: [], edges: [] })
  const nodes = drawnNodes(drafts, before, taken)
  const edges = drawnEdges(drafts, nodes, before, taken)
  const checked = parseBlueprint({ schemaVersion: before.schemaVersion, nodes, edges })
  const problems = checked.problems.filter(({ severity, isLocal }) => severity === 'error' && !isLocal).map(({ path, message }) => ({ line: lineOf(path, drafts), message: told(path, message, drafts) }))
  if (!checked.blueprint) return { blueprint: undefined, problems }
  const kept = keepingIdentity(before, placed(checked.blueprint.nodes, checked.blueprint.edges, before), checked.blueprint.edges)
  return { blueprint: { ...before, ...kept }, problems: [] }
}

function drawnNodes(drafts: Drafts, before: Blueprint, taken: Set<string>): BlueprintNode[] {
  const known = withRenamed(drafts, before, drafts.nodes.map((draft) => existing(draft, before)))
  for (const node of known) if (node) taken.add(node.id)
  for (const { reference } of drafts.nodes) if ('id' in reference) taken.add(reference.id)
  return drafts.nodes.map((draft, place): BlueprintNode => {
    const { reference, settings, bypassed } = draft
    const label = 'label' in reference ? reference.label : (draft.name ?? reference.id)
    const kind = kindOf(draft, place, label, drafts)
    const id = 'id' in reference ? reference.id : (known[place]?.id ?? freshId(label, taken))
    const config = { ...(findPattern(kind)?.defaults as object), ...settings }
    return { id, kind, label, position: known[place]?.position ?? { x: 0, y: 0 }, config, bypassed }
  })
}

/** The node on the drawing that a draft speaks of. */
function existing({ reference }: NodeDraft, { nodes }: Blueprint): BlueprintNode | undefined {
  if ('id' in reference) return nodes.find(({ id }) => id === reference.id)
  const [first, ...others] = nodes.filter(({ label }) => label === reference.label)
  return others.length === 0 ? first : undefined
}

function kindOf({ kind }: NodeDraft, place: number, label: string, { edges }: Drafts): string {
  return kind ?? guessKind(label, { isCalled: edges.some(({ to }) => to === place), callsOn: edges.some(({ from }) => from === place) })
}

/** One node gone and one new of its kind between the same others: it has another name. */
function withRenamed(drafts: Drafts, before: Blueprint, known: readonly (BlueprintNode | undefined)[]): readonly (BlueprintNode | undefined)[] {
  const place = known.indexOf(undefined)
  const draft = drafts.nodes[place]
  const [gone, ...others] = before.nodes.filter((node) => !known.includes(node))
  if (!draft || !('label' in draft.reference) || !gone || others.length > 0 || known.lastIndexOf(undefined) !== place) return known
  const found = known.with(place, gone)
  const ends = drafts.edges.map(({ from, to }) => ({ from: found[from]?.id ?? '', to: found[to]?.id ?? '' }))
  const isSameNode = kindOf(draft, place, draft.reference.label, drafts) === gone.kind && linesAt(gone.id, ends) === linesAt(gone.id, before.edges)
  return isSameNode ? found : known
}

function linesAt(id: string, edges: readonly { from: string; to: string }[]): string {
  return JSON.stringify(edges.flatMap(({ from, to }) => (from === id || to === id ? [JSON.stringify([from, to])] : [])).toSorted())
}

function drawnEdges(drafts: Drafts, nodes: readonly BlueprintNode[], before: Blueprint, taken: Set<string>): BlueprintEdge[] {
  const left = [...before.edges]
  const ends = drafts.edges.map(({ from, to }) => ({ from: nodes[from]?.id ?? '', to: nodes[to]?.id ?? '' }))
  const ids = ends.map(({ from, to }) => {
    const at = left.findIndex((edge) => edge.from === from && edge.to === to)
    const [edge] = at < 0 ? [] : left.splice(at, 1)
    if (edge) taken.add(edge.id)
    return edge?.id
  })
  return drafts.edges.map(({ settings }, index): BlueprintEdge => {
    const { from, to } = ends[index] ?? { from: '', to: '' }
    return { id: ids[index] ?? freshId(`${from}-${to}`, taken), from, to, lossPercent: 0, duplicatePercent: 0, reorderPercent: 0, reorderByMs: 50, ...settings }
  })
}

/** New nodes get a place: all nodes a tidy one in a drawing that is another, later ones one right of their caller. */
function placed(nodes: readonly BlueprintNode[], edges: readonly BlueprintEdge[], before: Blueprint): BlueprintNode[] {
  const there = new Map(before.nodes.map(({ id, position }) => [id, position]))
  if (!nodes.some(({ id }) => there.has(id)) || isAnother(edges, before.edges)) {
    const places = arranged({ nodes: [...nodes], edges: [...edges] })
    return nodes.map((node) => ({ ...node, position: places[node.id] ?? { x: 0, y: 0 } }))
  }
  for (const { id } of nodes) {
    if (there.has(id)) continue
    const caller = edges.find(({ from, to }) => to === id && there.has(from))?.from
    const near = there.get(caller ?? '') ?? { x: 0, y: 0 }
    const place = { x: near.x + (caller === undefined ? 0 : GRID.column), y: near.y }
    while ([...there.values()].some(({ x, y }) => Math.abs(x - place.x) < GRID.column && Math.abs(y - place.y) < GRID.row)) place.y += GRID.row
    there.set(id, place)
  }
  return nodes.map((node) => ({ ...node, position: there.get(node.id) ?? { x: 0, y: 0 } }))
}

/** Most calls are gone, and most are new: places that suited the former would only be in the way. */
function isAnother(edges: readonly BlueprintEdge[], before: readonly BlueprintEdge[]): boolean {
  const kept = edges.filter(({ from, to }) => before.some((edge) => edge.from === from && edge.to === to)).length
  return kept * 2 < Math.min(edges.length, before.length)
}

/** What says the same as before is the same, so that nothing runs anew for a text that was only read. */
function keepingIdentity(before: Blueprint, nodes: readonly BlueprintNode[], edges: readonly BlueprintEdge[]): Pick<Blueprint, 'nodes' | 'edges'> {
  const keptNodes = sameWhereAlike(before.nodes, nodes)
  const rank = new Map(before.nodes.map(({ id }, index) => [id, index]))
  const sorted = keptNodes.toSorted((a, b) => (rank.get(a.id) ?? Infinity) - (rank.get(b.id) ?? Infinity) || 0)
  const keptEdges = sameWhereAlike(before.edges, edges)
  return { nodes: isSame(before.nodes, sorted) ? before.nodes : sorted, edges: isAlike(before.edges, keptEdges) ? before.edges : keptEdges }
}

function sameWhereAlike<T extends { id: string }>(before: readonly T[], now: readonly T[]): T[] {
  const former = new Map(before.map((one) => [one.id, one]))
  return now.map((one) => {
    const same = former.get(one.id)
    return same && canonical(same) === canonical(one) ? same : one
  })
}

/** Only the order of calls out of one node matters. */
function isAlike(before: readonly BlueprintEdge[], now: readonly BlueprintEdge[]): boolean {
  const sources = new Set([...before, ...now].map(({ from }) => from))
  const outOf = (edges: readonly BlueprintEdge[], source: string): BlueprintEdge[] => edges.filter(({ from }) => from === source)
  return [...sources].every((source) => isSame(outOf(before, source), outOf(now, source)))
}

function isSame<T>(before: readonly T[], now: readonly T[]): boolean {
  return before.length === now.length && before.every((one, index) => one === now[index])
}

/** The text line that a problem of the checked drawing is about. */
function lineOf(path: string, { nodes, edges }: Drafts): number {
  const [, list, index] = /^(nodes|edges)\[(\d+)\]/.exec(path) ?? []
  const line = list === 'edges' ? edges[Number(index)]?.line : nodes[Number(index ?? 0)]?.settingsLine
  return line ?? 1
}

/** Longer names are cut where they are told of. */
const NAME_MAX = 40

/** The problem in the text's own words: names instead of places in lists. */
function told(path: string, message: string, { nodes }: Drafts): string {
  const [, index, rest = ''] = /^nodes\[(\d+)\](?:\.config)?\.?(.*)$/.exec(path) ?? []
  const draft = nodes[Number(index ?? -1)]
  if (!draft) return message
  const whole = 'label' in draft.reference ? draft.reference.label : draft.reference.id
  const name = whole.length > NAME_MAX ? `${whole.slice(0, NAME_MAX)}…` : whole
  if (rest === '' || rest === 'id' || rest === 'label') return `${name}: ${message}`
  const [field = ''] = /^\w+/.exec(rest) ?? []
  return `${name}, ${draft.words.get(field) ?? field}${rest.slice(field.length)}: ${message}`
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  )
}
