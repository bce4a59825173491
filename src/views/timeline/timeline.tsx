import { useRef, type ReactNode } from 'react'
import type { EditorStore } from '../../editor/store.ts'
import type { Player } from '../../player/types.ts'
import { useSize } from '../../ui/use-size.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { percent, tickTimes } from './axis.ts'
import { AxisRow } from './axis-row.tsx'
import { FaultLane, type FaultRequests } from './fault-lane.tsx'
import { Playhead, usePlayhead, Veil } from './playhead.tsx'
import { StateLanes } from './state-lanes.tsx'
import { useScrub } from './use-scrub.ts'
import { ViolationLane } from './violation-lane.tsx'
import './timeline.css'

export interface TimelineProps extends FaultRequests {
  player: Player
  editor: EditorStore
  /** More lanes on the same axis, as charts: each a row with a gutter of `--timeline-gutter` and the rest for time. */
  children: (axis: { endUs: number; widthPx: number }) => ReactNode
}

/** Everything over time on one axis: faults, states, charts, and the playhead across them all. Drag anywhere to travel. */
export function Timeline({ player, editor, children, onEditFault, onFaultMenu }: TimelineProps) {
  const plot = useRef<HTMLDivElement>(null)
  const endUs = useSlice(player, (state) => state.endUs)
  const { width } = useSize(plot)
  const parts = usePlayhead(player, endUs, width)
  const scrub = useScrub(player, plot, endUs, parts.show)
  return (
    <div
      className="timeline"
      onPointerDown={(event) => scrub.onPointerDown(event)}
      onPointerMove={(event) => scrub.onPointerMove(event)}
      onPointerUp={(event) => scrub.onPointerUp(event)}
      onPointerCancel={(event) => scrub.onPointerUp(event)}
    >
      <Grid endUs={endUs} widthPx={width} />
      <AxisRow player={player} endUs={endUs} widthPx={width} />
      <FaultLane editor={editor} endUs={endUs} widthPx={width} {...{ onEditFault, onFaultMenu }} />
      <ViolationLane player={player} endUs={endUs} />
      <div className="timeline-computed">
        <StateLanes player={player} endUs={endUs} />
        {children({ endUs, widthPx: width })}
        <Veil parts={parts} />
      </div>
      <Playhead parts={parts} plot={plot} scrub={scrub} endUs={endUs} startUs={player.playheadUs()} />
    </div>
  )
}

/** Lines down from the ticks through all lanes. */
function Grid({ endUs, widthPx }: { endUs: number; widthPx: number }) {
  return (
    <div className="timeline-grid" aria-hidden="true">
      {tickTimes(endUs, widthPx).map((us) => (
        <i key={us} style={{ left: percent(us, endUs) }} />
      ))}
    </div>
  )
}
