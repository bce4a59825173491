import { gathered, mayGather } from '../../editor/reshaping/gather.ts'
import { maySplit, splitReadsFromWrites } from '../../editor/reshaping/split.ts'
import type { Reshaped } from '../../editor/reshaping/ways.ts'
import type { Session } from '../session/session.ts'
import type { Action } from './actions.ts'
import { say } from './editing.ts'

interface Reshaping {
  id: string
  label: string
  hint: string
  of: typeof gathered
  may: typeof mayGather
}

const RESHAPINGS: readonly Reshaping[] = [
  { id: 'make-saga', label: 'Make this a saga', hint: 'These calls become steps that are undone together', of: gathered, may: mayGather },
  { id: 'split-reads', label: 'Split reads from writes', hint: 'Commands, log, projector, view and queries take its place', of: splitReadsFromWrites, may: maySplit },
]

/** What puts other nodes in place of what is selected; each says why where it cannot. */
export function reshapeActions(session: Session): Action[] {
  const { blueprint, selected } = session.editor.getState()
  return RESHAPINGS.map(({ id, label, hint, of }) => {
    const result = of(blueprint, selected)
    return 'why' in result ? { id, label, hint: result.why, disabled: true, run: () => say(session, result.why) } : { id, label, hint, run: () => reshape(session, result) }
  })
}

/** Only those that whoever selected this may think of. */
export function likelyReshapeActions(session: Session): Action[] {
  const { blueprint, selected } = session.editor.getState()
  const likely = new Set(RESHAPINGS.flatMap(({ id, may }) => (may(blueprint, selected) ? [id] : [])))
  return likely.size === 0 ? [] : reshapeActions(session).filter(({ id }) => likely.has(id))
}

function reshape(session: Session, result: Exclude<Reshaped, { why: string }>): void {
  const { dispatch, selectMany } = session.editor.getState()
  dispatch(result.command)
  selectMany([result.main])
  if (result.said !== undefined) say(session, result.said)
  // Everything may have moved to make room.
  session.canvas?.reveal(session.editor.getState().blueprint.nodes.map(({ id }) => id))
  // A list that just closed gives the focus back first.
  requestAnimationFrame(() => setTimeout(() => session.canvas?.focus(result.main)))
}
