import type { Edge, Node } from '@xyflow/react'
import { useMemo, type MouseEvent } from 'react'
import type { EditorStore } from '../../../editor/store.ts'
import type { CanvasRequests, ToDrawing } from './port.ts'

type AnyMouse = MouseEvent | globalThis.MouseEvent

type Requests = { editor: EditorStore } & Pick<CanvasRequests, 'onMenu' | 'onRename'>

/** What opens a menu (the second button, its key, a long press) and what renames (two presses), as React Flow reports it. */
export function useMenus({ editor, onMenu, onRename }: Requests, toDrawing: ToDrawing) {
  return useMemo(() => {
    const ask = (event: AnyMouse, ids: readonly string[]): void => {
      event.preventDefault()
      const screen = { x: event.clientX, y: event.clientY }
      onMenu({ screen, place: toDrawing(screen), ids })
    }
    /** A menu on something selected is about all that is selected. */
    const askOn = (event: AnyMouse, id: string): void => {
      const { selected } = editor.getState()
      if (!selected.includes(id)) editor.getState().selectMany([id])
      ask(event, selected.includes(id) ? selected : [id])
    }
    return {
      onNodeContextMenu: (event: AnyMouse, node: Node) => askOn(event, node.id),
      onEdgeContextMenu: (event: AnyMouse, edge: Edge) => {
        if (edge.selectable !== false) askOn(event, edge.id)
      },
      onPaneContextMenu: (event: AnyMouse) => ask(event, []),
      onSelectionContextMenu: (event: AnyMouse) => ask(event, editor.getState().selected),
      // A press on one of several selected means that one, unless they are dragged; React Flow leaves all selected.
      onNodeClick: (event: AnyMouse, node: Node) => {
        const isMore = event.ctrlKey || event.metaKey || event.shiftKey
        if (!isMore && editor.getState().selected.length > 1) editor.getState().selectMany([node.id])
      },
      onNodeDoubleClick: (_event: AnyMouse, node: Node) => {
        if (node.type === 'card') onRename(node.id)
      },
    }
  }, [editor, onMenu, onRename, toDrawing])
}
