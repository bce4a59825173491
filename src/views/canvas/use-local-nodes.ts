import type { NodeChange } from '@xyflow/react'
import { useState } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import type { LocalNode } from './flow-elements.ts'
import type { CardNode } from './nodes/node-card.tsx'
import { toBlueprint, type Orientation } from './orientation.ts'

interface LocalNodes {
  local: Readonly<Record<string, LocalNode>>
  onNodesChange: (changes: NodeChange<CardNode>[]) => void
}

/** Keeps what React Flow reports. The end of a move becomes one command; a selection becomes the editor's selection. */
export function useLocalNodes(editor: EditorStore, orientation: Orientation): LocalNodes {
  const [local, setLocal] = useState<Readonly<Record<string, LocalNode>>>({})
  const onNodesChange = (changes: NodeChange<CardNode>[]): void => {
    setLocal((former) => changes.reduce(withChange, former))
    const moved = changes.flatMap((change) =>
      change.type === 'position' && change.position && change.dragging !== true ? [[change.id, change.position] as const] : [],
    )
    if (moved.length > 0) {
      const positions = Object.fromEntries(moved.map(([id, position]) => [id, toBlueprint(position, orientation)]))
      // One group per node: a row of arrow keys is undone at once.
      editor.getState().dispatch({ type: 'move-nodes', positions }, `move ${moved.map(([id]) => id).join(' ')}`)
    }
    for (const change of changes) {
      if (change.type !== 'select') continue
      if (change.selected) editor.getState().select(change.id)
      else if (editor.getState().selection === change.id) editor.getState().select(undefined)
    }
  }
  return { local, onNodesChange }
}

function withChange(local: Readonly<Record<string, LocalNode>>, change: NodeChange<CardNode>): Readonly<Record<string, LocalNode>> {
  if (change.type === 'dimensions' && change.dimensions) {
    return { ...local, [change.id]: { ...local[change.id], measured: change.dimensions } }
  }
  if (change.type !== 'position') return local
  const { measured } = local[change.id] ?? {}
  const kept: LocalNode = measured ? { measured } : {}
  const next: LocalNode = change.dragging === true && change.position ? { ...kept, position: change.position, dragging: true } : kept
  return { ...local, [change.id]: next }
}
