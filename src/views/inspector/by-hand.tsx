import { ChevronDown, Pencil, X } from 'lucide-react'
import type { EditorStore } from '../../editor/store.ts'
import type { BlueprintNode } from '../../model/blueprint.ts'
import { patternPanels } from '../../patterns/panels.tsx'
import type { ByHandSignal } from '../../patterns/view.tsx'
import type { Player } from '../../player/types.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import type { FaultListProps } from './fault-list.tsx'
import { doneByHand, interventionText, signalFor } from './interventions.ts'

export interface ByHandMenuProps {
  player: Player
  editor: EditorStore
  node: BlueprintNode
}

/** Signals that people may send to the node's machine, at the playhead. Nothing for kinds that take none. */
export function ByHandMenu({ player, editor, node }: ByHandMenuProps) {
  const signals = patternPanels[node.kind]?.byHand ?? []
  if (signals.length === 0) return null
  const send = ({ signal }: ByHandSignal) =>
    editor.getState().dispatch({ type: 'intervene', intervention: signalFor(signal, node.id, player.playheadUs()) })
  return (
    <Menu
      align="end"
      trigger={
        <Button size="small">
          By hand <ChevronDown aria-hidden="true" className="inspector-caret" />
        </Button>
      }
      groups={[{ items: signals.map((entry) => ({ id: entry.label, label: entry.label, hint: entry.hint, onSelect: () => send(entry) })) }]}
    />
  )
}

/** What was done to the node by hand, each with the way to take it back. It happens again in every run of this drawing. */
export function DoneByHand({ editor, node, pattern, onEditFault }: FaultListProps) {
  const interventions = useSlice(editor, (state) => state.blueprint.interventions)
  const done = doneByHand(interventions, node.id)
  const byHand = patternPanels[node.kind]?.byHand ?? []
  return (
    <ul className="inspector-done" aria-label="Done by hand" aria-live="polite">
      {done.map(({ index, intervention }) => (
        <li key={index}>
          <span>{interventionText(intervention, pattern, byHand)}</span>
          <span className="inspector-done-keys">
            {intervention.what === 'fault' ? (
              <IconButton size="small" label="Change this fault" onClick={() => onEditFault({ list: 'interventions', index })}>
                <Pencil />
              </IconButton>
            ) : null}
            <IconButton size="small" label="Take it back" onClick={() => editor.getState().dispatch({ type: 'remove-intervention', index })}>
              <X />
            </IconButton>
          </span>
        </li>
      ))}
    </ul>
  )
}
