import { OctagonPause } from 'lucide-react'
import type { EditorStore } from '../../editor/store.ts'
import type { Player, RunStop } from '../../player/types.ts'
import { secondsText } from '../../ui/clock-text.ts'
import { useSlice } from '../../ui/use-slice.ts'
import './stops.css'

const MARKS_MAX = 60

/** Where breakpoints stopped this run, on the timeline's axis; each mark leads back there. Nothing while none did. */
export function StopLane({ player, editor, endUs }: { player: Player; editor: EditorStore; endUs: number }) {
  const stops = useSlice(player, (state) => state.pastStops)
  const nodes = useSlice(editor, ({ blueprint }) => blueprint.nodes)
  if (stops.length === 0) return null
  const go = ({ atUs, node }: RunStop) => {
    player.pause()
    player.seek(atUs)
    editor.getState().select(node)
  }
  return (
    <div className="timeline-row stops-lane">
      <div className="timeline-name">Breakpoints</div>
      <ul className="timeline-plot" aria-label="Stopped by breakpoints">
        {stops.slice(-MARKS_MAX).map((stop) => {
          const words = `${secondsText(stop.atUs, 3)}: ${nodes.find(({ id }) => id === stop.node)?.label ?? stop.node}`
          return (
            <li key={`${stop.key} ${stop.index}`} style={{ left: `${(Math.min(1, stop.atUs / endUs) * 100).toFixed(3)}%` }}>
              <button type="button" title={words} aria-label={`Go to the stop at ${words}`} onClick={() => go(stop)}>
                <OctagonPause size={14} aria-hidden="true" />
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
