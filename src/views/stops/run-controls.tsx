import { CircleStop, FastForward, OctagonPause } from 'lucide-react'
import type { Player } from '../../player/types.ts'
import { IconButton } from '../../ui/button.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import './stops.css'

export interface RunControlsProps {
  player: Player
  /** Shows all breakpoints. */
  onBreakpoints: () => void
}

/** Where a run goes by itself: to its end at full speed, and to breakpoints. */
export function RunControls({ player, onBreakpoints }: RunControlsProps) {
  const count = useSlice(player, (state) => state.breakpoints.filter(({ isOff }) => !isOff).length)
  const isSprinting = useSlice(player, (state) => state.sprint !== undefined)
  const canRun = useSlice(player, (state) => state.run !== undefined && state.playheadUs < state.endUs)
  const words = count === 0 ? 'Breakpoints' : `Breakpoints: ${count} on`
  return (
    <div className="stops-controls">
      {isSprinting ? (
        <IconButton label="Stop here" shortcut="End" onClick={() => player.pause()}>
          <CircleStop />
        </IconButton>
      ) : (
        <IconButton label="Run to the end" shortcut="End" disabled={!canRun} onClick={() => player.sprint()}>
          <FastForward />
        </IconButton>
      )}
      <IconButton label={words} shortcut="B" onClick={onBreakpoints}>
        <span className="stops-button" data-on={count > 0 || undefined}>
          <OctagonPause />
          {count > 0 ? <b aria-hidden="true">{count}</b> : null}
        </span>
      </IconButton>
      {isSprinting ? <Progress player={player} /> : null}
    </div>
  )
}

/** How far a run to the end has come, and how fast it goes. */
function Progress({ player }: { player: Player }) {
  const percent = useSlice(player, ({ playheadUs, endUs }) => (endUs > 0 ? Math.min(100, Math.floor((playheadUs / endUs) * 100)) : 0))
  const perSecond = useSlice(player, ({ sprint }) => sprint?.eventsPerSecond ?? 0)
  return (
    <div className="stops-progress">
      <progress aria-label="Run to the end" max={100} value={percent} />
      <span className="ui-mono">{`${percent} %`}</span>
      <span className="stops-pace">{`${Math.round(perSecond).toLocaleString('en')} events/s`}</span>
    </div>
  )
}
