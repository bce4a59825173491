import { NODES_MAX, NOTES_MAX, type Blueprint, type BlueprintEdge, type BlueprintNode } from '../model/blueprint.ts'
import { cleaned } from './cleaning.ts'
import type { Command, EdgeChange } from './commands.ts'
import { whyNotConnect } from './connecting.ts'
import { insertInOrder, withFault, withFaultTwice, withoutFault } from './faults.ts'
import { withPolicies } from './inserting.ts'
import { takenIds } from '../model/ids.ts'
import { clipOf, inBounds, newEdge, withClip, type Point } from './parts.ts'
import { withoutParts } from './removing.ts'

/** The blueprint after a command; the same object when nothing changes or the command cannot be done. Pure. */
export function applyCommand(blueprint: Blueprint, command: Command): Blueprint {
  switch (command.type) {
    case 'set-config':
      return cleaned(withNode(blueprint, command.node, (node) => ({ ...node, config: { ...node.config, [command.field]: command.value } })))
    case 'set-bypassed':
      return withNode(blueprint, command.node, (node) => ({ ...node, bypassed: command.bypassed }))
    case 'set-seed':
      return { ...blueprint, seed: command.seed }
    case 'set-duration':
      return { ...blueprint, durationMs: command.durationMs }
    case 'intervene':
      return { ...blueprint, interventions: insertInOrder(blueprint.interventions, command.intervention) }
    case 'remove-intervention':
      return { ...blueprint, interventions: blueprint.interventions.filter((_, index) => index !== command.index) }
    case 'set-fault':
      return withFault(blueprint, command.place, command.fault)
    case 'duplicate-fault':
      return withFaultTwice(blueprint, command.place)
    case 'remove-fault':
      return withoutFault(blueprint, command.place)
    default:
      return applyDrawing(blueprint, command)
  }
}

type OfFaults = 'set-fault' | 'duplicate-fault' | 'remove-fault'
type OfRun = 'set-config' | 'set-bypassed' | 'set-seed' | 'set-duration' | 'intervene' | 'remove-intervention' | OfFaults
type DrawingCommand = Exclude<Command, { type: OfRun }>

function applyDrawing(blueprint: Blueprint, command: DrawingCommand): Blueprint {
  switch (command.type) {
    case 'move-nodes':
      return withPositions(blueprint, command.positions)
    case 'add-node':
      return withNewNode(blueprint, command)
    case 'add-note': {
      const { notes = [] } = blueprint
      return notes.length >= NOTES_MAX || takenIds(blueprint).has(command.note.id) ? blueprint : { ...blueprint, notes: [...notes, command.note] }
    }
    case 'set-note':
      return blueprint.notes
        ? { ...blueprint, notes: blueprint.notes.map((note) => (note.id === command.note ? { ...note, text: command.text } : note)) }
        : blueprint
    case 'remove':
      return withoutParts(blueprint, command.ids)
    case 'connect':
      return connected(blueprint, command.from, command.to)
    case 'set-edge':
      return withEdge(blueprint, command.edge, command.change)
    case 'rename':
      return withNode(blueprint, command.node, (node) => (node.label === command.label ? node : { ...node, label: command.label }))
    case 'rename-blueprint':
      return blueprint.name === command.name ? blueprint : { ...blueprint, name: command.name }
    case 'duplicate':
      return withClip(blueprint, clipOf(blueprint, command.ids)).blueprint
    case 'paste':
      return withClip(blueprint, command.clip, command.at).blueprint
    case 'insert':
      return withPolicies(blueprint, command.edge, command.kinds)
    case 'redraw':
      return cleaned({ ...blueprint, nodes: [...command.nodes], edges: [...command.edges] })
  }
}

function withNewNode(blueprint: Blueprint, { node, from, to }: Extract<Command, { type: 'add-node' }>): Blueprint {
  if (blueprint.nodes.length >= NODES_MAX || takenIds(blueprint).has(node.id)) return blueprint
  const added = { ...blueprint, nodes: [...blueprint.nodes, node] }
  const called = from === undefined ? added : connected(added, from, node.id)
  return to === undefined ? called : connected(called, node.id, to)
}

function connected(blueprint: Blueprint, from: string, to: string): Blueprint {
  if (whyNotConnect(blueprint, from, to) !== undefined) return blueprint
  return { ...blueprint, edges: [...blueprint.edges, newEdge(from, to, takenIds(blueprint))] }
}

function withPositions(blueprint: Blueprint, positions: Readonly<Record<string, Point>>): Blueprint {
  const placed = <T extends { id: string; position: Point }>(one: T): T => {
    const position = Object.hasOwn(positions, one.id) ? positions[one.id] : undefined
    return position && (position.x !== one.position.x || position.y !== one.position.y) ? { ...one, position: inBounds(position) } : one
  }
  const nodes = same(blueprint.nodes, blueprint.nodes.map(placed))
  const notes = blueprint.notes && same(blueprint.notes, blueprint.notes.map(placed))
  if (nodes === blueprint.nodes && notes === blueprint.notes) return blueprint
  return { ...blueprint, nodes, ...(notes && { notes }) }
}

/** A setting given as undefined goes back to its default. */
function withEdge(blueprint: Blueprint, id: string, change: EdgeChange): Blueprint {
  const edges = blueprint.edges.map((edge): BlueprintEdge => {
    if (edge.id !== id) return edge
    const { latency, requestTypes, ...rest } = { ...edge, ...change }
    return { ...rest, ...(latency && { latency }), ...(requestTypes && requestTypes.length > 0 && { requestTypes }) }
  })
  return { ...blueprint, edges }
}

function withNode(blueprint: Blueprint, id: string, change: (node: BlueprintNode) => BlueprintNode): Blueprint {
  const nodes = same(blueprint.nodes, blueprint.nodes.map((node) => (node.id === id ? change(node) : node)))
  return nodes === blueprint.nodes ? blueprint : { ...blueprint, nodes }
}

/** The former list when no entry changed. */
function same<T>(before: T[], after: T[]): T[] {
  return before.length === after.length && before.every((entry, index) => entry === after[index]) ? before : after
}
