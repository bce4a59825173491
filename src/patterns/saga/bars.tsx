import { secondsText } from '../../ui/clock-text.ts'
import { Mark } from '../../ui/mark.tsx'
import type { Bar, BarLayout, BarRow, Wait } from './bars.ts'
import { outcomeLook } from './looks.ts'
import './bars.css'

/** A bar has room for its glyph from here on. */
const GLYPH_FROM_PX = 15
/** What a time under the bars takes up. */
const TIME_PX = 46

export interface BarsProps {
  layout: BarLayout
  labelPx: number
  onSeek: (atUs: number) => void
}

/** A saga laid out as bars: steps above, compensations beneath. Every bar leads to the moment it begins. */
export function Bars({ layout, labelPx, onSeek }: BarsProps) {
  const { rows, waits, width, nowX, leftOut } = layout
  const wide = { width: `${width}px` }
  return (
    <div className="saga-bars" role="group" aria-label="Attempts over time" style={{ gridTemplateColumns: `${labelPx}px ${width}px` }}>
      {rows.map((row, index) => (
        <Row key={`${row.step} ${row.undo}`} row={row} isFirstUndo={row.undo && !rows[index - 1]?.undo} onSeek={onSeek} />
      ))}
      <span className="saga-bars-note">{leftOut > 0 ? `${leftOut} earlier` : ''}</span>
      <div className="saga-bars-axis ui-mono" style={wide} aria-hidden="true">
        <span style={{ left: 0 }}>{secondsText(layout.startUs)}</span>
        {labelledWaits(layout).map(({ x, width: wait, us }) => (
          <span key={x} className="saga-bars-wait-text" style={{ left: `${x + wait / 2}px` }}>
            {secondsText(us, 1)}
          </span>
        ))}
        <span style={{ right: 0 }}>{secondsText(layout.endUs)}</span>
      </div>
      <div className="saga-bars-over" style={{ ...wide, left: `${labelPx}px` }} aria-hidden="true">
        {waits.map(({ x, width: wait, us }) => (
          <span key={x} className="saga-bars-wait" title={`waits ${secondsText(us)}`} style={{ left: `${x}px`, width: `${wait}px` }} />
        ))}
        <span className="saga-bars-now" style={{ left: `${nowX}px` }} />
      </div>
    </div>
  )
}

/** The waits with room for their length, between the times at both ends. */
function labelledWaits({ waits, width }: BarLayout): Wait[] {
  let freeFrom = TIME_PX
  return waits.filter(({ x, width: wait }) => {
    const left = x + wait / 2 - TIME_PX / 2
    if (left < freeFrom || left + TIME_PX > width - TIME_PX) return false
    freeFrom = left + TIME_PX
    return true
  })
}

function Row({ row, isFirstUndo, onSeek }: { row: BarRow; isFirstUndo: boolean; onSeek: (atUs: number) => void }) {
  return (
    <>
      <span className="saga-bars-name" data-undo={row.undo || undefined} data-first-undo={isFirstUndo || undefined} title={row.name}>
        {row.name}
      </span>
      <ul className="saga-bars-row" data-first-undo={isFirstUndo || undefined} aria-label={row.name}>
        {row.bars.map((bar) => (
          <li key={bar.segment.fromUs}>
            <BarButton row={row} bar={bar} onSeek={onSeek} />
          </li>
        ))}
      </ul>
    </>
  )
}

function BarButton({ row, bar: { segment, x, width, isAhead }, onSeek }: { row: BarRow; bar: Bar; onSeek: (atUs: number) => void }) {
  const look = outcomeLook(segment)
  const what = segment.what === 'query' ? 'status' : `attempt ${segment.attempt}`
  const why = segment.reason === '' ? '' : ` (${segment.reason})`
  const until = segment.toUs === undefined ? 'now' : secondsText(segment.toUs)
  const text = `${row.name}, ${what}: ${look.word}${why}, ${secondsText(segment.fromUs)} to ${until}`
  return (
    <button
      type="button"
      className="saga-bar"
      data-tone={look.tone}
      data-query={segment.what === 'query' || undefined}
      data-open={segment.toUs === undefined || undefined}
      data-ahead={isAhead || undefined}
      style={{ left: `${x}px`, width: `${width}px` }}
      title={text}
      aria-label={`Go to ${text}`}
      onClick={() => onSeek(segment.fromUs)}
    >
      {width >= GLYPH_FROM_PX ? <Mark path={look.glyph} /> : null}
    </button>
  )
}
