import type { Blueprint, Intervention } from '../model/blueprint.ts'

/** A change of the blueprint, as data: undoable, recordable, testable without a screen. */
export type Command =
  | { type: 'set-config'; node: string; field: string; value: unknown }
  | { type: 'set-bypassed'; node: string; bypassed: boolean }
  | { type: 'move-nodes'; positions: Readonly<Record<string, { x: number; y: number }>> }
  | { type: 'set-seed'; seed: number }
  | { type: 'set-duration'; durationMs: number }
  | { type: 'intervene'; intervention: Intervention }
  | { type: 'remove-intervention'; index: number }
  | { type: 'move-fault'; index: number; fromMs: number; toMs: number }

/** Whether a command changes what runs; the others only change the drawing. */
export function changesRun(command: Command): boolean {
  return command.type !== 'move-nodes'
}

/** What undo says: "Undo move". */
export function commandLabel(command: Command): string {
  switch (command.type) {
    case 'set-config':
      return `change of ${command.field}`
    case 'set-bypassed':
      return command.bypassed ? 'bypass' : 'restore'
    case 'move-nodes':
      return 'move'
    case 'set-seed':
      return 'new seed'
    case 'set-duration':
      return 'duration'
    case 'intervene':
      return 'intervention'
    case 'remove-intervention':
      return 'removed intervention'
    case 'move-fault':
      return 'moved fault'
  }
}

/** The blueprint after a command; the same object when nothing changes. Pure. */
export function applyCommand(blueprint: Blueprint, command: Command): Blueprint {
  switch (command.type) {
    case 'set-config':
      return withNode(blueprint, command.node, (node) => ({ ...node, config: { ...node.config, [command.field]: command.value } }))
    case 'set-bypassed':
      return withNode(blueprint, command.node, (node) => ({ ...node, bypassed: command.bypassed }))
    case 'move-nodes':
      return {
        ...blueprint,
        nodes: blueprint.nodes.map((node) => {
          const position = Object.hasOwn(command.positions, node.id) ? command.positions[node.id] : undefined
          return position ? { ...node, position } : node
        }),
      }
    case 'set-seed':
      return { ...blueprint, seed: command.seed }
    case 'set-duration':
      return { ...blueprint, durationMs: command.durationMs }
    case 'intervene':
      return { ...blueprint, interventions: insertInOrder(blueprint.interventions, command.intervention) }
    case 'remove-intervention':
      return { ...blueprint, interventions: blueprint.interventions.filter((_, index) => index !== command.index) }
    case 'move-fault':
      return {
        ...blueprint,
        faults: blueprint.faults.map((fault, index) =>
          index === command.index ? { ...fault, fromMs: command.fromMs, toMs: command.toMs } : fault,
        ),
      }
  }
}

/** By time; what is done at the same instant stays in the order it was done. */
function insertInOrder(list: readonly Intervention[], entry: Intervention): Intervention[] {
  const at = list.findIndex((other) => other.atMs > entry.atMs)
  return at < 0 ? [...list, entry] : [...list.slice(0, at), entry, ...list.slice(at)]
}

function withNode(blueprint: Blueprint, id: string, change: (node: Blueprint['nodes'][number]) => Blueprint['nodes'][number]): Blueprint {
  return { ...blueprint, nodes: blueprint.nodes.map((node) => (node.id === id ? change(node) : node)) }
}
