import type { EditorState } from '../../editor/store.ts'
import type { Breakpoint } from '../../trace/breakpoints.ts'
import { requestsIn } from '../../trace/requests.ts'
import { secondsText } from '../../ui/clock-text.ts'
import type { PickerItem } from '../../ui/picker.tsx'
import type { Session } from '../session/session.ts'

/** Requests offered to be followed, at most: those that can be told apart in a list. */
const REQUESTS_MAX = 50

/**
 * Breakpoints belong to the drawing that is open, and are there again when one comes back to it or to its scenario, for as long
 * as the page is open; where one hits, its node is selected and shown. Returns the way to stop.
 */
export function tieBreakpoints(session: Session): () => void {
  const { player, editor } = session
  const ofDrawing = new Map<string | number, readonly Breakpoint[]>()
  const keyOf = ({ drawing, scenario }: EditorState): string | number => scenario ?? drawing
  const stopEditor = editor.subscribe((now, before) => {
    if (now.drawing === before.drawing) return
    ofDrawing.set(keyOf(before), player.getState().breakpoints)
    player.setBreakpoints(ofDrawing.get(keyOf(now)) ?? [])
  })
  let shown = player.getState().stops
  const stopPlayer = player.subscribe(() => {
    const { stops } = player.getState()
    if (stops === shown) return
    shown = stops
    const [first] = stops
    if (!first) return
    editor.getState().select(first.node)
    session.canvas?.reveal([first.node])
  })
  return () => {
    stopEditor()
    stopPlayer()
  }
}

/** Requests of which something is to be seen at the playhead, as things to pick. */
export function requestItems(session: Session): PickerItem[] {
  const { player, editor } = session
  const { words, count } = player.records()
  const { nodes } = editor.getState().blueprint
  const ids = player.getState().run?.nodeIds ?? []
  return requestsIn(words, count, player.playheadUs()).slice(0, REQUESTS_MAX).map(({ request, atUs, node, outcome, isLost }) => {
    const where = nodes.find(({ id }) => id === ids[node])?.label ?? ''
    const state = outcome === undefined ? `under way, last at ${where}` : outcome
    return { id: String(request), label: `Request ${request}`, hint: `${state}, ${secondsText(atUs, 3)}${isLost ? ', a message was lost' : ''}`, onPick: () => session.showSequence(request) }
  })
}

/** To the end at full speed, or stands still where such a run got to. */
export function runToEnd({ player }: Session): void {
  if (player.getState().sprint) player.pause()
  else player.sprint()
}
