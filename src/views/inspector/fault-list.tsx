import { Copy, Pencil, Trash2 } from 'lucide-react'
import type { FaultPlace } from '../../editor/faults.ts'
import type { EditorStore } from '../../editor/store.ts'
import type { BlueprintNode } from '../../model/blueprint.ts'
import type { Pattern } from '../../patterns/pattern.ts'
import { IconButton } from '../../ui/button.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import { plannedFaults } from './interventions.ts'

export interface FaultListProps {
  editor: EditorStore
  node: BlueprintNode
  pattern: Pattern
  onEditFault: (place: FaultPlace) => void
}

/** What is planned to happen to the node, each to be changed, copied and removed. Nothing when nothing is. */
export function FaultList({ editor, node, pattern, onEditFault }: FaultListProps) {
  const faults = useSlice(editor, (state) => state.blueprint.faults)
  const { dispatch } = editor.getState()
  return (
    <ul className="inspector-done" aria-label="Planned faults">
      {plannedFaults(faults, node.id, pattern).map(({ text, place }) => (
        <li key={place.index}>
          <span>{text}</span>
          <span className="inspector-done-keys">
            <IconButton size="small" label={`Change: ${text}`} onClick={() => onEditFault(place)}>
              <Pencil />
            </IconButton>
            <IconButton size="small" label={`Duplicate: ${text}`} onClick={() => dispatch({ type: 'duplicate-fault', place })}>
              <Copy />
            </IconButton>
            <IconButton size="small" label={`Remove: ${text}`} onClick={() => dispatch({ type: 'remove-fault', place })}>
              <Trash2 />
            </IconButton>
          </span>
        </li>
      ))}
    </ul>
  )
}
