import { OctagonAlert } from 'lucide-react'
import type { Violation } from '../../patterns/pattern.ts'
import type { Player } from '../../player/types.ts'
import { secondsText } from '../../ui/clock-text.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { percent } from './axis.ts'

const PINS_MAX = 60

export interface ViolationLaneProps {
  player: Player
  endUs: number
}

/** Where a rule was broken that must hold always: the first time in words, later ones as pins. Nothing while all hold. */
export function ViolationLane({ player, endUs }: ViolationLaneProps) {
  const violations = useSlice(player, (state) => state.violations)
  if (violations.length === 0) return null
  return (
    <div className="timeline-row timeline-violations">
      <div className="timeline-name">Broken rules ({violations.length})</div>
      <ul className="timeline-plot" aria-label="Broken rules">
        {violations.slice(0, PINS_MAX).map((violation, index) => (
          <Pin key={`${violation.atUs} ${violation.invariant} ${violation.request}`} violation={violation} isFirst={index === 0} endUs={endUs} onGo={() => show(player, violation)} />
        ))}
      </ul>
    </div>
  )
}

/** Goes to the moment and follows whom it happened to. */
function show(player: Player, { atUs, request }: Violation): void {
  player.pause()
  player.seek(atUs)
  if (request > 0) player.watch(request)
}

function Pin({ violation, isFirst, endUs, onGo }: { violation: Violation; isFirst: boolean; endUs: number; onGo: () => void }) {
  const { atUs, invariant, why } = violation
  if (atUs > endUs) return null
  return (
    <li className="timeline-pin" data-first={isFirst || undefined} data-late={atUs > endUs * 0.6 || undefined} style={{ left: percent(atUs, endUs) }}>
      <button type="button" title={`${secondsText(atUs)}: ${invariant}. ${why}`} aria-label={`Go to ${secondsText(atUs)}: ${invariant}. ${why}`} onClick={onGo}>
        <OctagonAlert aria-hidden="true" size={14} />
        {isFirst ? <span>{invariant}</span> : null}
      </button>
    </li>
  )
}
