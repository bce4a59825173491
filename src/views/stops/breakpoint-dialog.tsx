import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import type { Player } from '../../player/types.ts'
import { breakpointKey } from '../../trace/breakpoints.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import { added, choicesOf, removed, turned, waitsFor, withAmount } from '../breakpoints.ts'
import './stops.css'

export interface BreakpointDialogProps {
  player: Player
  editor: EditorStore
  onClose: () => void
}

/** All breakpoints of the drawing: to add, to turn off and on, to take away. */
export function BreakpointDialog({ player, editor, onClose }: BreakpointDialogProps) {
  const breakpoints = useSlice(player, (state) => state.breakpoints)
  return (
    <Dialog open onClose={onClose} title="Breakpoints" description="A playing run stops at exactly this moment, at any speed.">
      <AddForm player={player} editor={editor} />
      {breakpoints.length === 0 ? <p className="stops-none">None so far.</p> : <List player={player} editor={editor} />}
    </Dialog>
  )
}

function AddForm({ player, editor }: Pick<BreakpointDialogProps, 'player' | 'editor'>) {
  const { blueprint, selection } = editor.getState()
  const { nodes } = blueprint
  const [id, setId] = useState(selection ?? nodes[0]?.id ?? '')
  const [chosen, setChosen] = useState('')
  const [amount, setAmount] = useState<number>()
  const choices = choicesOf(nodes.find((node) => node.id === id)?.kind ?? '')
  const now = player.getState().nodes.find((node) => node.id === id)?.state
  const isNews = ({ what }: (typeof choices)[number]): boolean => !('state' in what) || what.state !== now
  // What a kind knows of itself says more than its states, and it is in one of those already.
  const choice = choices.find((one) => one.id === chosen) ?? choices.find(({ isState }) => !isState) ?? choices.find(isNews) ?? choices[0]
  if (!choice) return <p className="stops-none">There is no node to stop at.</p>
  const add = () => player.setBreakpoints(added(player.getState().breakpoints, id, withAmount(choice.what, amount ?? choice.amount?.default ?? 0)))
  return (
    <form
      className="stops-form"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <Choice label="Node" value={id} options={nodes.map((node) => ({ value: node.id, label: node.label }))} onChange={setId} />
      <Choice
        label="Stop when"
        value={choice.id}
        options={choices.map((one) => ({ value: one.id, label: one.isState ? `It becomes ${one.label}` : one.label }))}
        onChange={setChosen}
      />
      {choice.amount ? (
        <NumberField label={choice.label} value={amount ?? choice.amount.default} unit={choice.amount.unit} min={choice.amount.min} max={choice.amount.max} whole onCommit={setAmount} />
      ) : null}
      <Button type="submit" tone="primary" icon={<Plus aria-hidden="true" />}>
        Add
      </Button>
    </form>
  )
}

function List({ player, editor }: Pick<BreakpointDialogProps, 'player' | 'editor'>) {
  const breakpoints = useSlice(player, (state) => state.breakpoints)
  const nodes = useSlice(editor, ({ blueprint }) => blueprint.nodes)
  return (
    <>
      <ul className="stops-list" aria-label="Breakpoints">
        {breakpoints.map((breakpoint) => {
          const key = breakpointKey(breakpoint)
          const node = nodes.find(({ id }) => id === breakpoint.node)
          const words = `${node?.label ?? breakpoint.node}: ${waitsFor(node?.kind ?? '', breakpoint.what)}`
          return (
            <li key={key}>
              <Toggle checked={!breakpoint.isOff} onChange={(isOn) => player.setBreakpoints(turned(breakpoints, key, !isOn))}>
                {node ? words : `${words} (no longer there)`}
              </Toggle>
              <IconButton size="small" label={`Remove ${words}`} onClick={() => player.setBreakpoints(removed(breakpoints, key))}>
                <Trash2 />
              </IconButton>
            </li>
          )
        })}
      </ul>
      <div className="stops-clear">
        <Button size="small" tone="quiet" onClick={() => player.setBreakpoints([])}>
          Remove all
        </Button>
      </div>
    </>
  )
}
