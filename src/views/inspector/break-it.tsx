import { CircleStop, Ellipsis, Gauge, Hourglass, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import type { BlueprintNode } from '../../model/blueprint.ts'
import type { FaultSpec, Pattern } from '../../patterns/pattern.ts'
import type { Player } from '../../player/types.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Section } from '../../ui/section.tsx'
import { FAULT_SECONDS, faultFor, faultLabel, faultName, isMainFault } from './interventions.ts'

export interface BreakItProps {
  player: Player
  editor: EditorStore
  node: BlueprintNode
  pattern: Pattern
}

const ICONS: Readonly<Record<string, ReactNode>> = { hang: <Hourglass />, stop: <CircleStop />, errors: <TriangleAlert />, slow: <Gauge /> }

/** Faults that begin at the playhead and pass, for kinds that can break. */
export function BreakIt({ player, editor, node, pattern }: BreakItProps) {
  const known = pattern.faults.filter(isMainFault)
  const main = known.length > 0 ? known : pattern.faults.slice(0, 1)
  const others = pattern.faults.filter((fault) => !main.includes(fault))
  if (node.bypassed || pattern.faults.length === 0) return null
  const strike = (fault: FaultSpec) =>
    editor.getState().dispatch({ type: 'intervene', intervention: faultFor(fault, node.id, player.playheadUs()) })
  return (
    <Section title={`Break it for ${FAULT_SECONDS} s`}>
      <div className="inspector-break">
        {main.map((fault) => (
          <Button key={fault.type} tone="danger" size="small" icon={ICONS[fault.type]} aria-label={faultName(fault)} onClick={() => strike(fault)}>
            {faultLabel(fault)}
          </Button>
        ))}
        {others.length > 0 ? (
          <Menu
            align="end"
            trigger={
              <IconButton size="small" label="More ways to break it">
                <Ellipsis />
              </IconButton>
            }
            groups={[{ items: others.map((fault) => ({ id: fault.type, label: faultName(fault), hint: hintOf(fault), onSelect: () => strike(fault) })) }]}
          />
        ) : null}
      </div>
    </Section>
  )
}

function hintOf({ words, strength }: FaultSpec): string {
  return `It ${words(strength?.default ?? 1)}.`
}
