import { useEffect, useMemo, useRef, type RefObject } from 'react'
import type { BlueprintNode } from '../../model/blueprint.ts'
import type { Pattern, StateLook } from '../../patterns/pattern.ts'
import { findPattern } from '../../patterns/index.ts'
import type { Player } from '../../player/types.ts'
import { frameOf } from '../../trace/frame-of.ts'
import { secondsText } from '../../ui/clock-text.ts'
import { follow } from '../../ui/throttle.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { percent } from './axis.ts'
import { stateBands, type Band } from './bands.ts'
import { TransitionFilter } from './transition-filter.ts'

const NO_NODES: readonly BlueprintNode[] = []
const HEAD_EVERY_MS = 100

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
  const list = useRef<HTMLUListElement>(null)
  const filter = useMemo(() => new TransitionFilter([node.id]), [node.id])
  const transitions = useSlice(player, (state) => filter.pick(state.transitions))
  const now = useSlice(player, (state) => frameOf(state.nodes, node)?.state ?? '')
  const bands = now === '' ? [] : stateBands(transitions, node.id, now)
  useEffect(() => cutAtHead(player, list, endUs), [player, endUs, node.bypassed])
  return (
    <div className="timeline-row timeline-state-row">
      <div className="timeline-name" title={node.label}>
        {node.label}
      </div>
      {node.bypassed ? (
        <p className="timeline-plot timeline-bypassed">not in use: calls go past it</p>
      ) : (
        <ul ref={list} className="timeline-plot timeline-states" aria-label={`States of ${node.label}`}>
          {bands.map((band) => (
            <StateBand key={band.fromUs} band={band} look={pattern.states[band.state]} endUs={endUs} />
          ))}
        </ul>
      )}
    </div>
  )
}

/**
 * Lets a lane end where the run has been computed to. What is still going on is drawn to the end and cut: growing it would
 * be a new layout ten times a second. Returns the way to stop.
 */
function cutAtHead(player: Player, list: RefObject<HTMLUListElement | null>, endUs: number): () => void {
  const cut = () => {
    if (list.current) list.current.style.clipPath = `inset(0 ${percent(Math.max(0, endUs - player.getState().headUs), endUs)} 0 0)`
  }
  return follow((listener) => player.subscribe(listener), cut, HEAD_EVERY_MS)
}

function StateBand({ band, look, endUs }: { band: Band; look: StateLook | undefined; endUs: number }) {
  const { state, fromUs, toUs, why } = band
  const word = look?.word ?? state
  const ends = toUs === undefined ? 'now' : secondsText(toUs)
  return (
    <li
      className="timeline-band"
      data-tone={look?.tone ?? 'neutral'}
      title={`${word}, ${secondsText(fromUs)} to ${ends}${why ? `. ${why}` : ''}`}
      style={{ left: percent(fromUs, endUs), right: percent(endUs - (toUs ?? endUs), endUs) }}
    >
      <span className={word.length > 6 ? 'timeline-band-word timeline-band-long' : 'timeline-band-word'}>{word}</span>
    </li>
  )
}
