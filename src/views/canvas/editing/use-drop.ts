import { useMemo, type DragEvent } from 'react'
import { whyNotInsert } from '../../../editor/inserting.ts'
import { newNode } from '../../../editor/parts.ts'
import type { EditorStore } from '../../../editor/store.ts'
import { freshId, takenIds } from '../../../model/ids.ts'
import { DRAGGED_KIND, NOTE } from '../../dragged.ts'
import type { Point, ToDrawing } from './port.ts'

/** Where within a new card the pointer stands. */
const GRIP = { x: 100, y: 40 }

/** What is dragged from the palette is put where it is let go; a policy let go on a line is put on that call. */
export function useDrop(editor: EditorStore, toDrawing: ToDrawing): { onDragOver: (event: DragEvent) => void; onDrop: (event: DragEvent) => void } {
  return useMemo(
    () => ({
      onDragOver: (event) => {
        if (!event.dataTransfer.types.includes(DRAGGED_KIND)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
      },
      onDrop: (event) => {
        const kind = event.dataTransfer.getData(DRAGGED_KIND)
        if (kind === '') return
        event.preventDefault()
        const screen = { x: event.clientX, y: event.clientY }
        const { blueprint, dispatch } = editor.getState()
        const place = toDrawing({ x: screen.x - GRIP.x, y: screen.y - GRIP.y })
        const edge = edgeAt(screen)
        if (kind === NOTE) dispatch({ type: 'add-note', note: { id: freshId('note', takenIds(blueprint)), text: '', position: place } })
        else if (edge !== undefined && whyNotInsert(blueprint, edge, [kind]) === undefined) dispatch({ type: 'insert', edge, kinds: [kind] })
        else dispatch({ type: 'add-node', node: newNode(blueprint, kind, place) })
      },
    }),
    [editor, toDrawing],
  )
}

/** The id of the line under a point. */
function edgeAt({ x, y }: Point): string | undefined {
  const hit = document.elementsFromPoint(x, y).map((element) => element.closest('.react-flow__edge'))
  return hit.find((element) => element !== null)?.getAttribute('data-id') ?? undefined
}
