import { Hand, X, Zap } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { Command } from '../../editor/commands.ts'
import { faultAt, placeOf, type FaultPlace } from '../../editor/faults.ts'
import type { EditorStore } from '../../editor/store.ts'
import { secondsText } from '../../ui/clock-text.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { percent } from './axis.ts'
import { dragged, type Grip, type Times } from './fault-drag.ts'
import { faultSpans, placeSpans, type PlacedSpan } from './fault-rows.ts'
import { useFaultDrag } from './use-fault-drag.ts'

const ROW_PX = 22
const KEY_MS = 100
const HELP = 'Click or Enter: change it. Drag or arrows: move it. Its ends or Shift and arrows: longer, shorter. Delete: remove it.'

/** What may be asked about a fault. */
export interface FaultRequests {
  onEditFault: (place: FaultPlace) => void
  /** Where the menu is to open, in pixels of the window. */
  onFaultMenu: (place: FaultPlace, screen: { x: number; y: number }) => void
}

export interface FaultLaneProps extends FaultRequests {
  editor: EditorStore
  endUs: number
  widthPx: number
}

/** What disturbs the run and when: to be moved, pulled longer, changed and taken back. */
export function FaultLane({ editor, endUs, widthPx, ...requests }: FaultLaneProps) {
  const blueprint = useSlice(editor, (state) => state.blueprint)
  const spans = placeSpans(faultSpans(blueprint), endUs / Math.max(1, widthPx))
  const rows = 1 + Math.max(0, ...spans.map((span) => span.row))
  return (
    <div className="timeline-row" style={{ height: rows * ROW_PX }}>
      <div className="timeline-name">Faults</div>
      {spans.length === 0 ? (
        <p className="timeline-plot timeline-none">none so far</p>
      ) : (
        <ul className="timeline-plot" aria-label="Faults">
          {spans.map((span) => (
            <Span key={span.key} {...{ span, endUs, editor, ...requests }} />
          ))}
        </ul>
      )}
    </div>
  )
}

interface SpanProps extends FaultRequests {
  span: PlacedSpan
  endUs: number
  editor: EditorStore
}

function Span({ span, endUs, editor, onEditFault, onFaultMenu }: SpanProps) {
  const { text, place } = span
  const isByHand = place.list === 'interventions'
  const times: Times = { fromMs: span.fromUs / 1_000, toMs: span.toUs === undefined ? undefined : span.toUs / 1_000 }
  const set = (next: Times, grip: Grip) => setTimes(editor, place, next, grip)
  const { shown = times, wasDragged, handlers } = useFaultDrag(times, endUs / 1_000, set)
  if (span.fromUs > endUs) return null
  const fromUs = shown.fromMs * 1_000
  const untilUs = Math.min(endUs, (shown.toMs ?? Infinity) * 1_000)
  const when = `${secondsText(fromUs)} to ${shown.toMs === undefined ? 'the end' : secondsText(shown.toMs * 1_000)}`
  return (
    <li className="timeline-fault" data-by-hand={isByHand || undefined} style={{ left: percent(fromUs, endUs), width: percent(untilUs - fromUs, endUs), top: span.row * ROW_PX }}>
      <button
        type="button"
        className="timeline-fault-bar"
        aria-label={`${isByHand ? 'By hand: ' : ''}${text}, ${when}`}
        title={`${text}, ${when}\n${HELP}`}
        data-fault={span.key}
        {...handlers}
        onClick={(event) => wasDragged() || isByFinger(event.nativeEvent) || onEditFault(place)}
        onContextMenu={(event) => {
          event.preventDefault()
          onFaultMenu(place, { x: event.clientX, y: event.clientY })
        }}
        onKeyDown={(event) => onKey(event, { editor, place, times, endUs, onFaultMenu })}
      />
      <span className="timeline-fault-words">
        {isByHand ? <Hand aria-hidden="true" /> : <Zap aria-hidden="true" />}
        <span aria-hidden="true">{text}</span>
        {isByHand ? <TakeBack label={`Take back: ${text} at ${secondsText(span.fromUs)}`} onRemove={() => editor.getState().dispatch({ type: 'remove-fault', place })} /> : null}
      </span>
    </li>
  )
}

/** A finger that lets go has travelled; holding it opens the menu. */
function isByFinger(event: MouseEvent): boolean {
  return event instanceof PointerEvent && event.pointerType === 'touch'
}

function TakeBack({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <button
      type="button"
      className="timeline-fault-back"
      aria-label={label}
      onClick={onRemove}
      onKeyDown={(event) => {
        if (event.key !== 'Delete' && event.key !== 'Backspace') return
        event.preventDefault()
        onRemove()
      }}
    >
      <X aria-hidden="true" />
    </button>
  )
}

function setTimes(editor: EditorStore, place: FaultPlace, times: Times, grip: Grip, group?: string): void {
  const fault = faultAt(editor.getState().blueprint, place)
  if (fault) editor.getState().dispatch({ type: 'set-fault', place, fault: { ...fault, ...times }, how: grip === 'all' ? 'move fault' : 'resize fault' }, group)
}

interface KeyFacts extends Pick<FaultRequests, 'onFaultMenu'> {
  editor: EditorStore
  place: FaultPlace
  times: Times
  endUs: number
}

/** Keys of the fault that has the focus, which stays with it wherever it goes. */
function onKey(event: KeyboardEvent<HTMLElement>, { editor, place, times, endUs, onFaultMenu }: KeyFacts): void {
  const lane = event.currentTarget.closest('.timeline-row')
  const focus = (next: FaultPlace | undefined) => requestAnimationFrame(() => lane?.querySelector<HTMLElement>(next ? `[data-fault="${next.list}-${next.index}"]` : '[data-fault]')?.focus())
  const by = { ArrowLeft: -KEY_MS, ArrowRight: KEY_MS }[event.key]
  const isMenu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
  const isCopy = event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey)
  const isGone = event.key === 'Delete' || event.key === 'Backspace'
  if (by === undefined && !isMenu && !isCopy && !isGone) return
  event.preventDefault()
  if (isMenu) {
    const { left, bottom } = event.currentTarget.getBoundingClientRect()
    return onFaultMenu(place, { x: left + 16, y: bottom })
  }
  if (by === undefined) {
    const command: Command = { type: isCopy ? 'duplicate-fault' : 'remove-fault', place }
    editor.getState().dispatch(command)
    return isGone ? void focus(undefined) : undefined
  }
  const grip = event.shiftKey ? 'to' : 'all'
  const next = dragged(times, grip, by, endUs / 1_000)
  const before = faultAt(editor.getState().blueprint, place)
  setTimes(editor, place, next, grip, `fault ${place.list} ${grip}`)
  const now = before && placeOf(editor.getState().blueprint, place.list, { ...before, ...next })
  if (now) focus(now)
}
