import { useMemo } from 'react'
import type { Beat } from '../../model/blueprint.ts'
import type { Player } from '../../player/types.ts'
import type { Transition } from '../../trace/facts.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import { percent, tickText, tickTimes } from './axis.ts'
import { beatTimeUs } from './bands.ts'
import { TransitionFilter } from './transition-filter.ts'

const NO_BEATS: readonly Beat[] = []

export interface AxisRowProps {
  player: Player
  endUs: number
  widthPx: number
}

/** Times along the top, and a marker for every beat of the lesson that has a time by now. */
export function AxisRow({ player, endUs, widthPx }: AxisRowProps) {
  const beats = useSlice(player, (state) => state.run?.blueprint.lesson?.beats ?? NO_BEATS)
  const filter = useMemo(() => new TransitionFilter(beats.flatMap(({ when }) => ('node' in when ? [when.node] : []))), [beats])
  const transitions = useSlice(player, (state) => filter.pick(state.transitions))
  const ticks = widthPx === 0 ? [] : tickTimes(endUs, widthPx)
  return (
    <div className="timeline-row timeline-axis">
      <div className="timeline-name">Time</div>
      <div className="timeline-plot">
        {ticks.map((us) => (
          <span key={us} className="timeline-tick ui-mono" style={{ left: percent(us, endUs) }} data-edge={edgeOf(us, endUs)}>
            {tickText(us, endUs)}
          </span>
        ))}
        {beats.map((beat, index) => (
          <BeatMarker key={`${index} ${beat.text}`} beat={beat} index={index} transitions={transitions} endUs={endUs} onGo={(us) => go(player, us)} />
        ))}
      </div>
    </div>
  )
}

/** Labels at the ends stay inside. */
function edgeOf(us: number, endUs: number): 'start' | 'end' | undefined {
  if (us === 0) return 'start'
  return us / endUs > 0.97 ? 'end' : undefined
}

function go(player: Player, us: number): void {
  if (player.getState().status === 'playing') player.pause()
  player.seek(us)
}

interface BeatMarkerProps {
  beat: Beat
  index: number
  transitions: readonly Transition[]
  endUs: number
  onGo: (us: number) => void
}

function BeatMarker({ beat, index, transitions, endUs, onGo }: BeatMarkerProps) {
  const us = beatTimeUs(beat, transitions)
  if (us === undefined || us > endUs) return null
  return (
    <Tooltip text={beat.text}>
      <button
        type="button"
        className="timeline-beat"
        aria-label={`Go to beat ${index + 1}: ${beat.text}`}
        style={{ left: percent(us, endUs) }}
        onClick={() => onGo(us)}
      />
    </Tooltip>
  )
}
