import { Hand, X, Zap } from 'lucide-react'
import type { EditorStore } from '../../editor/store.ts'
import { secondsText } from '../../ui/clock-text.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { percent } from './axis.ts'
import { faultSpans, placeSpans, type PlacedSpan } from './fault-rows.ts'

const ROW_PX = 22

export interface FaultLaneProps {
  editor: EditorStore
  endUs: number
  widthPx: number
}

/** What disturbs the run and when. What was done by hand can be taken back here. */
export function FaultLane({ editor, endUs, widthPx }: FaultLaneProps) {
  const blueprint = useSlice(editor, (state) => state.blueprint)
  const spans = placeSpans(faultSpans(blueprint), endUs / Math.max(1, widthPx))
  const rows = 1 + Math.max(0, ...spans.map((span) => span.row))
  const remove = (index: number) => editor.getState().dispatch({ type: 'remove-intervention', index })
  return (
    <div className="timeline-row" style={{ height: rows * ROW_PX }}>
      <div className="timeline-name">Faults</div>
      {spans.length === 0 ? (
        <p className="timeline-plot timeline-none">none so far</p>
      ) : (
        <ul className="timeline-plot" aria-label="Faults">
          {spans.map((span) => (
            <Span key={span.key} span={span} endUs={endUs} onRemove={remove} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Span({ span, endUs, onRemove }: { span: PlacedSpan; endUs: number; onRemove: (index: number) => void }) {
  const { text, fromUs, toUs, intervention } = span
  if (fromUs > endUs) return null
  const until = Math.min(endUs, toUs ?? endUs)
  return (
    <li
      className="timeline-fault"
      data-by-hand={intervention !== undefined || undefined}
      title={`${text}, ${secondsText(fromUs)} to ${toUs === undefined ? 'the end' : secondsText(toUs)}`}
      style={{ left: percent(fromUs, endUs), width: percent(until - fromUs, endUs), top: span.row * ROW_PX }}
    >
      <span className="timeline-fault-words">
        {intervention === undefined ? <Zap aria-hidden="true" /> : <Hand aria-label="By hand:" />}
        {text}
        {intervention === undefined ? null : (
          <button
            type="button"
            aria-label={`Take back: ${text} at ${secondsText(fromUs)}`}
            onClick={() => onRemove(intervention)}
            onKeyDown={(event) => {
              if (event.key !== 'Delete' && event.key !== 'Backspace') return
              event.preventDefault()
              onRemove(intervention)
            }}
          >
            <X aria-hidden="true" />
          </button>
        )}
      </span>
    </li>
  )
}
