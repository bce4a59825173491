import type { BlueprintNode } from '../../model/blueprint.ts'
import { whyNotStarted } from '../../model/starting.ts'
import type { Pattern } from '../../patterns/pattern.ts'
import type { Player } from '../../player/types.ts'
import { StatePill } from '../../ui/state-pill.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { useNodeState } from './use-node.ts'

export interface HeaderProps {
  player: Player
  node: BlueprintNode
  pattern: Pattern
  onBypass: (node: string, bypassed: boolean) => void
}

/** Who it is, what it is, what state it is in; for policies the switch that takes it out of the way. */
export function Header({ player, node, pattern, onBypass }: HeaderProps) {
  const state = useNodeState(player, node)
  const look = state === undefined ? undefined : pattern.states[state]
  const why = whyNotStarted(node)
  return (
    <header className="inspector-header">
      <div className="inspector-title">
        <div className="inspector-name">
          <h2>{node.label.trim() === '' ? node.id : node.label}</h2>
          <p>{pattern.title}</p>
        </div>
        {node.bypassed ? <StatePill tone="muted" word="Bypassed" /> : null}
        {why === undefined ? null : (
          <span title={why}>
            <StatePill tone="down" word="Does not start" />
          </span>
        )}
        {look && !node.bypassed && why === undefined ? <StatePill tone={look.tone} word={look.word} /> : null}
      </div>
      {pattern.role === 'policy' ? (
        <Toggle checked={node.bypassed} onChange={(bypassed) => onBypass(node.id, bypassed)}>
          Bypass: calls go past it
        </Toggle>
      ) : null}
    </header>
  )
}
