import type { Blueprint, BlueprintEdge, BlueprintNode } from '../../model/blueprint.ts'
import { freshId, takenIds } from '../../model/ids.ts'
import { findPattern } from '../../patterns/index.ts'
import { splitting } from '../../patterns/reshapings.ts'
import { applyCommand } from '../apply.ts'
import type { Command } from '../commands.ts'
import { freshLabel, nodeName, takenLabels } from '../naming.ts'
import { freePlace, inBounds, newEdge } from '../parts.ts'
import { withRoomBelow, withRoomRight } from './room.ts'
import { askedApart, type Asked } from './reads-and-writes.ts'
import { isOrdinary, isPolicy, isPossible, nodesById, tooMuch, TYPES_PER_EDGE_MAX, type Reshaped } from './ways.ts'

/**
 * The drawing with a store replaced by a side that takes its writes and one that answers its reads. Which is which follows
 * from the names of what is asked; where all of it is one, the clients also ask for the other.
 */
export function splitReadsFromWrites(blueprint: Blueprint, selected: readonly string[]): Reshaped {
  const store = storeOf(blueprint, selected)
  if (!store) return { why: 'Select one service that keeps something.' }
  const why = whyNot(blueprint, store)
  if (why !== undefined) return { why }
  const asked = askedApart(blueprint, store.id)
  return isPossible(asked) ? redrawn(asked, store) : asked
}

/** Whether somebody who selected this may think of splitting it. */
export function maySplit(blueprint: Blueprint, selected: readonly string[]): boolean {
  return storeOf(blueprint, selected) !== undefined
}

function storeOf({ nodes }: Blueprint, selected: readonly string[]): BlueprintNode | undefined {
  const [only, ...others] = nodes.filter(({ id }) => selected.includes(id))
  return others.length === 0 && isOrdinary(only) ? only : undefined
}

function whyNot(blueprint: Blueprint, store: BlueprintNode): string | undefined {
  const name = nodeName(blueprint, store.id)
  const next = blueprint.edges.find(({ from }) => from === store.id)
  const ways = waysInto(blueprint, store.id)
  if (ways.heads.length === 0) return `Nobody calls ${name}: there are no reads and writes to tell apart.`
  if (next) return `${name} calls ${nodeName(blueprint, next.to)} itself. Only what just keeps things can be split.`
  return undefined
}

interface Ways {
  /** Policies from which calls lead only to the store. */
  policies: ReadonlySet<string>
  /** Edges from who is no such policy. */
  heads: readonly BlueprintEdge[]
}

function waysInto(blueprint: Blueprint, store: string): Ways {
  const nodes = nodesById(blueprint)
  const policies = new Set<string>()
  const inward = new Set([store])
  for (const id of inward) {
    for (const { from, to } of blueprint.edges) {
      if (to !== id || !isPolicy(nodes.get(from))) continue
      policies.add(from)
      inward.add(from)
    }
  }
  return { policies, heads: blueprint.edges.filter(({ from, to }) => inward.has(to) && !policies.has(from)) }
}

function redrawn({ blueprint, reads, writes, said }: Asked, store: BlueprintNode): Reshaped {
  const taken = takenIds(blueprint)
  const labels = takenLabels(blueprint)
  const parts = newParts(blueprint, store, taken, labels)
  const ends = { writes: parts.get(splitting.writes)!.id, reads: parts.get(splitting.reads)!.id }
  const { x, y } = store.position
  const below = withRoomBelow(blueprint.nodes, store.position, y + splitting.room.y)
  const beside = withRoomRight(below, store.position, x + splitting.room.x, { fromY: y, toY: y + splitting.room.y })
  const others = beside.filter(({ id }) => id !== store.id)
  const placed = [...others, ...parts.values()]
  const ways = apart(blueprint, store.id, { reads, writes })
  const copies = newCopies({ ...blueprint, nodes: placed }, ways.both, taken, labels)
  const edges = blueprint.edges.flatMap((edge) => split(edge, store.id, ways, ends, copies.ids, taken))
  const inner = splitting.calls.map(([from, to]) => newEdge(parts.get(from)!.id, parts.get(to)!.id, taken))
  const command = { type: 'redraw' as const, nodes: [...placed, ...copies.nodes], edges: [...edges, ...inner], how: 'split reads from writes' }
  const why = tooMuch(command)
  if (why !== undefined) return { why }
  const words = [said, lostWords(blueprint, command, nodeName(blueprint, store.id))].filter((word) => word !== undefined)
  return { command, main: ends.writes, ...(words.length > 0 && { said: words.join(' ') }) }
}

function newParts(blueprint: Blueprint, store: BlueprintNode, taken: Set<string>, labels: Set<string>): Map<string, BlueprintNode> {
  const name = nodeName(blueprint, store.id).slice(0, 80).replace(/[\ud800-\udbff]$/, '')
  return new Map(
    splitting.parts.map(({ key, kind, suffix, offset, config }) => {
      const label = freshLabel(`${name} ${suffix}`, labels)
      const position = inBounds({ x: store.position.x + offset.x, y: store.position.y + offset.y })
      return [key, { id: freshId(label, taken), kind, label, position, config: { ...(findPattern(kind)?.defaults as object), ...config }, bypassed: false }]
    }),
  )
}

interface Lists {
  reads: readonly string[]
  writes: readonly string[]
}

interface Apart {
  /** By id of an edge into the store or the policies before it: what it is to carry to either side. */
  heads: ReadonlyMap<string, Lists>
  toReads: ReadonlySet<string>
  toWrites: ReadonlySet<string>
  /** Policies that both pass: reads get copies of their own. */
  both: readonly string[]
}

/** Which reads and writes come by which edge, and which policies either of them passes. */
function apart(blueprint: Blueprint, store: string, { reads, writes }: Lists): Apart {
  const { policies, heads } = waysInto(blueprint, store)
  const lists = new Map(
    heads.map(({ id, requestTypes }) => {
      const through = (types: readonly string[]): string[] => types.filter((type) => requestTypes?.includes(type) ?? true).slice(0, TYPES_PER_EDGE_MAX)
      return [id, { reads: through(reads), writes: through(writes) }]
    }),
  )
  const passed = (side: keyof Lists): Set<string> => {
    const reached = new Set(heads.flatMap(({ id, to }) => (lists.get(id)![side].length > 0 && to !== store ? [to] : [])))
    for (const id of reached) for (const { from, to } of blueprint.edges) if (from === id && to !== store) reached.add(to)
    return reached
  }
  const [toReads, toWrites] = [passed('reads'), passed('writes')]
  // What nothing passes stays before the writes.
  for (const id of policies) if (!toReads.has(id)) toWrites.add(id)
  return { heads: lists, toReads, toWrites, both: [...toReads].filter((id) => toWrites.has(id)) }
}

function newCopies(drawing: Blueprint, ids: readonly string[], taken: Set<string>, labels: Set<string>): { nodes: BlueprintNode[]; ids: Map<string, string> } {
  const known = nodesById(drawing)
  const copies: BlueprintNode[] = []
  const names = new Map<string, string>()
  for (const id of ids) {
    const node = known.get(id)
    if (!node) continue
    const label = freshLabel(`${nodeName(drawing, id).slice(0, 100).replace(/[\ud800-\udbff]$/, '')} reads`, labels)
    const position = freePlace({ ...drawing, nodes: [...drawing.nodes, ...copies] }, { x: node.position.x, y: node.position.y + splitting.parts.at(-1)!.offset.y })
    const copy = { ...node, id: freshId(label, taken), label, position }
    copies.push(copy)
    names.set(id, copy.id)
  }
  return { nodes: copies, ids: names }
}

/** An edge as it is drawn when its end, or the policy it leaves, exists for reads and for writes. */
function split(edge: BlueprintEdge, store: string, ways: Apart, ends: Record<keyof Lists, string>, copies: ReadonlyMap<string, string>, taken: Set<string>): BlueprintEdge[] {
  const toWrites = edge.to === store ? ends.writes : edge.to
  const toReads = edge.to === store ? ends.reads : (copies.get(edge.to) ?? edge.to)
  const lists = ways.heads.get(edge.id)
  const [isWritten, isRead] = lists ? [lists.writes.length > 0, lists.reads.length > 0] : [ways.toWrites.has(edge.from), ways.toReads.has(edge.from)]
  if (!isWritten && !isRead) return edge.to === store ? [{ ...edge, to: ends.writes }] : [edge]
  const limit = (types: readonly string[] | undefined): { requestTypes?: string[] } => (types ? { requestTypes: [...types] } : {})
  const from = lists ? edge.from : (copies.get(edge.from) ?? edge.from)
  const written = isWritten ? [{ ...edge, to: toWrites, ...limit(lists?.writes) }] : []
  const read = isRead ? [{ ...edge, id: isWritten ? freshId(`${from}-${toReads}`, taken) : edge.id, from, to: toReads, ...limit(lists?.reads) }] : []
  return [...written, ...read]
}

/** Faults and signals of the store go with it; that is said. */
function lostWords(before: Blueprint, command: Command, name: string): string | undefined {
  const after = applyCommand(before, command)
  const lost = before.faults.length + before.interventions.length - after.faults.length - after.interventions.length
  return lost === 0 ? undefined : `${lost === 1 ? 'A fault' : `${lost} faults`} of ${name} went with it.`
}
