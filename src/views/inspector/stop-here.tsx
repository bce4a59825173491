import { OctagonPause } from 'lucide-react'
import { useState } from 'react'
import type { BlueprintNode } from '../../model/blueprint.ts'
import type { Player } from '../../player/types.ts'
import { breakpointKey, type Breakpoint } from '../../trace/breakpoints.ts'
import { NumberField } from '../../ui/number-field.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import { added, choicesOf, removed, withAmount, type Choice } from '../breakpoints.ts'

/** Switches that make the run stop when the node enters a state, or when a moment comes that its kind knows. */
export function StopHere({ player, node }: { player: Player; node: BlueprintNode }) {
  return (
    <div className="inspector-stops" role="group" aria-label="Stop the run when">
      <span className="inspector-stops-title" aria-hidden="true">
        Stop when
      </span>
      {choicesOf(node.kind).map((choice) => (
        <StopSwitch key={choice.id} player={player} node={node.id} choice={choice} />
      ))}
    </div>
  )
}

function StopSwitch({ player, node, choice }: { player: Player; node: string; choice: Choice }) {
  const breakpoints = useSlice(player, (state) => state.breakpoints)
  const set = breakpoints.find((one) => one.node === node && !one.isOff && isAbout(one, choice))
  const [amount, setAmount] = useState(choice.amount?.default ?? 0)
  const what = set?.what ?? withAmount(choice.what, amount)
  const at = 'state' in what ? amount : what.amount
  const change = (next: number) => {
    setAmount(next)
    if (set) player.setBreakpoints(added(removed(breakpoints, breakpointKey(set)), node, withAmount(choice.what, next)))
  }
  const toggle = () => player.setBreakpoints(set ? removed(breakpoints, breakpointKey(set)) : added(breakpoints, node, what))
  return (
    <span className="inspector-stop">
      <button type="button" className="chart-all" aria-pressed={set !== undefined} onClick={toggle}>
        <OctagonPause size={13} aria-hidden="true" />
        {choice.label}
      </button>
      {choice.amount ? <NumberField label={choice.label} value={at} unit={choice.amount.unit} min={choice.amount.min} max={choice.amount.max} whole onCommit={change} /> : null}
    </span>
  )
}

function isAbout({ what }: Breakpoint, choice: Choice): boolean {
  if ('state' in what) return 'state' in choice.what && choice.what.state === what.state
  return 'moment' in choice.what && choice.what.moment === what.moment
}
