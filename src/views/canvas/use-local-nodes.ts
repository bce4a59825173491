import type { EdgeChange, NodeChange } from '@xyflow/react'
import { useState } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import type { DrawnNode, LocalNode } from './flow-elements.ts'
import type { LineEdgeData } from './lines/line-edge.tsx'
import { toBlueprint, type Orientation } from './orientation.ts'

interface LocalNodes {
  local: Readonly<Record<string, LocalNode>>
  onNodesChange: (changes: NodeChange<DrawnNode>[]) => void
  onEdgesChange: (changes: EdgeChange<LineEdgeData>[]) => void
}

/** Keeps what React Flow reports. The end of a move becomes one command; what is selected becomes the editor's selection. */
export function useLocalNodes(editor: EditorStore, orientation: Orientation): LocalNodes {
  const [local, setLocal] = useState<Readonly<Record<string, LocalNode>>>({})
  const onNodesChange = (changes: NodeChange<DrawnNode>[]): void => {
    setLocal((former) => changes.reduce(withChange, former))
    const moved = changes.flatMap((change) =>
      change.type === 'position' && change.position && change.dragging !== true ? [[change.id, change.position] as const] : [],
    )
    if (moved.length > 0) {
      const positions = Object.fromEntries(moved.map(([id, position]) => [id, toBlueprint(position, orientation)]))
      const isDrag = moved.some(([id]) => local[id]?.dragging === true)
      // A drag is a step of its own; a row of arrow keys is undone at once.
      editor.getState().dispatch({ type: 'move-nodes', positions }, isDrag ? undefined : `move ${moved.map(([id]) => id).join(' ')}`)
    }
    selectAsTold(editor, changes)
  }
  const onEdgesChange = (changes: EdgeChange<LineEdgeData>[]): void => selectAsTold(editor, changes)
  return { local, onNodesChange, onEdgesChange }
}

function selectAsTold(editor: EditorStore, changes: readonly (NodeChange<DrawnNode> | EdgeChange<LineEdgeData>)[]): void {
  const selected = new Set(editor.getState().selected)
  let isChanged = false
  for (const change of changes) {
    if (change.type !== 'select') continue
    isChanged = true
    if (change.selected) selected.add(change.id)
    else selected.delete(change.id)
  }
  if (isChanged) editor.getState().selectMany([...selected])
}

function withChange(local: Readonly<Record<string, LocalNode>>, change: NodeChange<DrawnNode>): Readonly<Record<string, LocalNode>> {
  if (change.type === 'dimensions' && change.dimensions) {
    return { ...local, [change.id]: { ...local[change.id], measured: change.dimensions } }
  }
  if (change.type !== 'position') return local
  const { measured } = local[change.id] ?? {}
  const kept: LocalNode = measured ? { measured } : {}
  const next: LocalNode = change.dragging === true && change.position ? { ...kept, position: change.position, dragging: true } : kept
  return { ...local, [change.id]: next }
}
