import { useMemo } from 'react'
import type { BlueprintNode } from '../../model/blueprint.ts'
import type { Pattern, StateLook } from '../../patterns/pattern.ts'
import { findPattern } from '../../patterns/index.ts'
import type { Player } from '../../player/types.ts'
import { secondsText } from '../../ui/clock-text.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { percent } from './axis.ts'
import { stateBands, type Band } from './bands.ts'
import { TransitionFilter } from './transition-filter.ts'

const NO_NODES: readonly BlueprintNode[] = []

export interface StateLanesProps {
  player: Player
  endUs: number
}

/** One lane for every policy that opens and closes: when it was in which state. */
export function StateLanes({ player, endUs }: StateLanesProps) {
  const nodes = useSlice(player, (state) => state.run?.blueprint.nodes ?? NO_NODES)
  return nodes.map((node) => {
    const pattern = findPattern(node.kind)
    if (!pattern || !hasBands(pattern)) return null
    return <StateLane key={node.id} player={player} node={node} pattern={pattern} endUs={endUs} />
  })
}

/** Policies whose states say whether calls may pass. */
function hasBands(pattern: Pattern): boolean {
  return pattern.role === 'policy' && Object.values(pattern.states).some((look) => look.tone === 'open')
}

interface LaneProps {
  player: Player
  node: BlueprintNode
  pattern: Pattern
  endUs: number
}

function StateLane({ player, node, pattern, endUs }: LaneProps) {
  const filter = useMemo(() => new TransitionFilter([node.id]), [node.id])
  const transitions = useSlice(player, (state) => filter.pick(state.transitions))
  const now = useSlice(player, (state) => state.nodes.find((frame) => frame.id === node.id)?.state ?? '')
  const bands = now === '' ? [] : stateBands(transitions, node.id, now)
  return (
    <div className="timeline-row timeline-state-row">
      <div className="timeline-name" title={node.label}>
        {node.label}
      </div>
      {node.bypassed ? (
        <p className="timeline-plot timeline-bypassed">not in use: calls go past it</p>
      ) : (
        <ul className="timeline-plot timeline-states" aria-label={`States of ${node.label}`}>
          {bands.map((band) => (
            <StateBand key={band.fromUs} band={band} look={pattern.states[band.state]} endUs={endUs} />
          ))}
        </ul>
      )}
    </div>
  )
}

function StateBand({ band, look, endUs }: { band: Band; look: StateLook | undefined; endUs: number }) {
  const { state, fromUs, toUs, why } = band
  const word = look?.word ?? state
  const left = percent(fromUs, endUs)
  const ends = toUs === undefined ? 'now' : secondsText(toUs)
  return (
    <li
      className="timeline-band"
      data-tone={look?.tone ?? 'neutral'}
      title={`${word}, ${secondsText(fromUs)} to ${ends}${why ? `. ${why}` : ''}`}
      // The last one ends where the run has come to, which the stylesheet knows without drawing anew.
      style={{ left, width: toUs === undefined ? `calc(var(--timeline-head) - ${left})` : percent(toUs - fromUs, endUs) }}
    >
      <span className={word.length > 6 ? 'timeline-band-word timeline-band-long' : 'timeline-band-word'}>{word}</span>
    </li>
  )
}
