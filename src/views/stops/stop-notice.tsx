import { OctagonPause } from 'lucide-react'
import type { EditorStore } from '../../editor/store.ts'
import type { Player, RunStop } from '../../player/types.ts'
import { breakpointKey } from '../../trace/breakpoints.ts'
import { Button } from '../../ui/button.tsx'
import { secondsText } from '../../ui/clock-text.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { stopSentence } from '../breakpoints.ts'
import './stops.css'

export interface StopNoticeProps {
  player: Player
  editor: EditorStore
  /** Shows the record in the log. */
  onLog: () => void
  /** Shows a request's way. */
  onSequence: (request: number) => void
}

/** What stopped the run where it stands, and where to look from there. Nothing while nothing did. */
export function StopNotice({ player, editor, onLog, onSequence }: StopNoticeProps) {
  const stops = useSlice(player, (state) => state.stops)
  const breakpoints = useSlice(player, (state) => state.breakpoints)
  const nodes = useSlice(editor, ({ blueprint }) => blueprint.nodes)
  const [first] = stops
  if (!first) return null
  const sentence = ({ key, node, why }: RunStop): string => {
    const drawn = nodes.find(({ id }) => id === node)
    const breakpoint = breakpoints.find((one) => breakpointKey(one) === key)
    return [stopSentence(drawn?.label ?? node, drawn?.kind ?? '', drawn && breakpoint?.what), why].join(' ').trim()
  }
  return (
    <div className="layout-notice stops-notice" role="status">
      <OctagonPause size={18} aria-hidden="true" />
      <p>
        <b>{`Stopped at ${secondsText(first.atUs, 3)}.`}</b> {stops.map(sentence).join(' ')}
      </p>
      {first.request > 0 ? (
        <Button size="small" onClick={() => onSequence(first.request)}>
          {`Request ${first.request}`}
        </Button>
      ) : null}
      <Button size="small" onClick={onLog}>
        In the log
      </Button>
      <Button size="small" tone="primary" onClick={() => player.play()}>
        Go on
      </Button>
    </div>
  )
}
