import type { Blueprint, BlueprintEdge, BlueprintFault, BlueprintNode, BlueprintNote, Intervention } from '../model/blueprint.ts'
import { findPattern } from '../patterns/index.ts'
import type { FaultPlace } from './faults.ts'
import type { Clip, Point } from './parts.ts'

/** What can be set on an edge. */
export type EdgeChange = Partial<Omit<BlueprintEdge, 'id' | 'from' | 'to'>>

/** A change of the blueprint, as data: undoable, recordable, testable without a screen. */
export type Command =
  | { type: 'set-config'; node: string; field: string; value: unknown }
  | { type: 'set-bypassed'; node: string; bypassed: boolean }
  /** `how` is what undo calls it; default "move". */
  | { type: 'move-nodes'; positions: Readonly<Record<string, Point>>; how?: 'align' | 'spread' | 'tidy up' }
  | { type: 'set-seed'; seed: number }
  | { type: 'set-duration'; durationMs: number }
  | { type: 'intervene'; intervention: Intervention }
  | { type: 'remove-intervention'; index: number }
  /** `how` is what undo calls it; default "change of fault". */
  | { type: 'set-fault'; place: FaultPlace; fault: BlueprintFault; how?: 'move fault' | 'resize fault' }
  | { type: 'duplicate-fault'; place: FaultPlace }
  | { type: 'remove-fault'; place: FaultPlace }
  /** Also connects it: `from` calls it, it calls `to`. */
  | { type: 'add-node'; node: BlueprintNode; from?: string | undefined; to?: string | undefined }
  | { type: 'add-note'; note: BlueprintNote }
  | { type: 'set-note'; note: string; text: string }
  /** Of nodes, edges and notes. */
  | { type: 'remove'; ids: readonly string[] }
  | { type: 'connect'; from: string; to: string }
  | { type: 'set-edge'; edge: string; change: EdgeChange }
  | { type: 'rename'; node: string; label: string }
  | { type: 'rename-blueprint'; name: string }
  | { type: 'duplicate'; ids: readonly string[] }
  | { type: 'paste'; clip: Clip; at?: Point | undefined }
  /** Puts policies on a call, the first of `kinds` first. */
  | { type: 'insert'; edge: string; kinds: readonly string[] }
  /** Draws anew. `how` is what undo calls it; default "edit as text". */
  | { type: 'redraw'; nodes: readonly BlueprintNode[]; edges: readonly BlueprintEdge[]; how?: string }

/** Whether a command may change what runs; the others only change the drawing. */
export function changesRun(command: Command): boolean {
  return !['move-nodes', 'add-note', 'set-note', 'rename', 'rename-blueprint'].includes(command.type)
}

/** What undo says: "Undo move". */
export function commandLabel(command: Command): string {
  switch (command.type) {
    case 'set-config':
      return `change of ${command.field}`
    case 'set-bypassed':
      return command.bypassed ? 'bypass' : 'restore'
    case 'move-nodes':
      return command.how ?? 'move'
    case 'set-seed':
      return 'new seed'
    case 'set-duration':
      return 'duration'
    case 'intervene':
      return 'intervention'
    case 'remove-intervention':
      return 'removed intervention'
    case 'set-fault':
      return command.how ?? 'change of fault'
    case 'duplicate-fault':
      return 'duplicate fault'
    case 'remove-fault':
      return 'remove fault'
    case 'add-node':
      return `add ${findPattern(command.node.kind)?.title.toLowerCase() ?? command.node.kind}`
    case 'add-note':
      return 'add note'
    case 'set-note':
      return 'change of note'
    case 'insert':
      return command.kinds.length > 1 ? 'protect call' : `add ${findPattern(command.kinds[0] ?? '')?.title.toLowerCase() ?? 'policy'}`
    case 'set-edge':
      return 'change of line'
    case 'rename-blueprint':
      return 'rename'
    case 'redraw':
      return command.how ?? 'edit as text'
    case 'remove':
    case 'connect':
    case 'rename':
    case 'duplicate':
    case 'paste':
      return command.type
  }
}

/** Ids of what a command added: selected after it. */
export function addedIds(before: Blueprint, after: Blueprint): string[] {
  const old = new Set([...before.nodes, ...(before.notes ?? [])].map(({ id }) => id))
  return [...after.nodes, ...(after.notes ?? [])].flatMap(({ id }) => (old.has(id) ? [] : [id]))
}
