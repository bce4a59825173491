import { ChevronDown, Gauge, Hourglass, Power, TriangleAlert, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import type { BlueprintNode, Intervention } from '../../model/blueprint.ts'
import type { FaultSpec, Pattern } from '../../patterns/pattern.ts'
import { patternViews, type ByHandSignal } from '../../patterns/views.tsx'
import type { Player } from '../../player/types.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import { doneByHand, faultFor, faultLabel, interventionText, isMainFault } from './interventions.ts'
import { Section } from './section.tsx'

export interface BreakItProps {
  player: Player
  editor: EditorStore
  node: BlueprintNode
  pattern: Pattern
}

const ICONS: Readonly<Record<string, ReactNode>> = { hang: <Hourglass />, errors: <TriangleAlert />, slow: <Gauge /> }

/** What can be done to the node by hand, at the playhead: faults that pass, signals to its machine, and what was done so far. */
export function BreakIt({ player, editor, node, pattern }: BreakItProps) {
  const [said, setSaid] = useState('')
  const byHand = patternViews[node.kind]?.byHand ?? []
  if (node.bypassed || (pattern.faults.length === 0 && byHand.length === 0)) return null
  const intervene = (intervention: Intervention) => {
    editor.getState().dispatch({ type: 'intervene', intervention })
    setSaid(interventionText(intervention, pattern, byHand))
  }
  const strike = (fault: FaultSpec) => intervene(faultFor(fault, node.id, player.playheadUs()))
  const send = ({ signal }: ByHandSignal) =>
    intervene({ what: 'signal', atMs: player.playheadUs() / 1_000, node: node.id, signal: { ...signal } })
  return (
    <Section title={pattern.faults.length > 0 ? 'Break it' : 'By hand'}>
      <div className="inspector-break">
        {pattern.faults.filter(isMainFault).map((fault) => (
          <Button key={fault.type} tone="danger" size="small" icon={ICONS[fault.type]} onClick={() => strike(fault)}>
            {faultLabel(fault)}
          </Button>
        ))}
        <MoreMenu faults={pattern.faults.filter((fault) => !isMainFault(fault))} byHand={byHand} onStrike={strike} onSend={send} />
      </div>
      <p className="ui-hidden" role="status">
        {said}
      </p>
      <Done editor={editor} node={node.id} pattern={pattern} byHand={byHand} />
    </Section>
  )
}

interface MoreMenuProps {
  faults: readonly FaultSpec[]
  byHand: readonly ByHandSignal[]
  onStrike: (fault: FaultSpec) => void
  onSend: (signal: ByHandSignal) => void
}

function MoreMenu({ faults, byHand, onStrike, onSend }: MoreMenuProps) {
  if (faults.length === 0 && byHand.length === 0) return null
  const strikes: MenuItem[] = faults.map((fault) => ({ id: fault.type, label: faultLabel(fault), hint: `It ${fault.words(fault.strength?.default ?? 1)}.`, onSelect: () => onStrike(fault) }))
  const signals: MenuItem[] = byHand.map((entry) => ({ id: entry.label, label: entry.label, hint: entry.hint, onSelect: () => onSend(entry) }))
  return (
    <Menu
      trigger={
        <Button size="small" icon={byHand.length > 0 ? <Power aria-hidden="true" /> : undefined}>
          {byHand.length > 0 ? 'Switch it by hand' : 'More'} <ChevronDown aria-hidden="true" className="inspector-caret" />
        </Button>
      }
      groups={[{ items: strikes }, { items: signals }]}
    />
  )
}

/** What was done by hand, each with the way to undo it; it happens again in every run of this drawing. */
function Done({ editor, node, pattern, byHand }: { editor: EditorStore; node: string; pattern: Pattern; byHand: readonly ByHandSignal[] }) {
  const interventions = useSlice(editor, (state) => state.blueprint.interventions)
  const done = doneByHand(interventions, node)
  if (done.length === 0) return null
  return (
    <ul className="inspector-done" aria-label="Done by hand">
      {done.map(({ index, intervention }) => (
        <li key={index}>
          <span>{interventionText(intervention, pattern, byHand)}</span>
          <IconButton size="small" label="Take it back" onClick={() => editor.getState().dispatch({ type: 'remove-intervention', index })}>
            <X />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
