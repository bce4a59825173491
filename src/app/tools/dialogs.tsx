import { whyNotConnect } from '../../editor/connecting.ts'
import { findPattern } from '../../patterns/index.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Picker, type PickerItem } from '../../ui/picker.tsx'
import { useSlice } from '../../ui/use-slice.ts'
import { ShareDialog } from '../../views/share/share-dialog.tsx'
import { BreakpointDialog } from '../../views/stops/breakpoint-dialog.tsx'
import type { Session } from '../session/session.ts'
import { actionsFor, selectionActions } from './actions.ts'
import { AdviceDialog } from './advice-dialog.tsx'
import { Drawings, NameDialog, UnkeptDialog } from './drawings.tsx'
import { goTo } from './editing.ts'
import { Refused } from './refused.tsx'
import { reshapeActions } from './reshape-actions.ts'
import { requestItems } from './stopping.ts'

/** What stands in front of the page when it is asked for. */
export function Dialogs({ session }: { session: Session }) {
  const dialog = useSlice(session.shell, (state) => state.dialog)
  const close = () => session.shell.setState({ dialog: undefined })
  return (
    <>
      <Refused session={session} />
      {dialog === 'share' ? <ShareDialog makeLink={() => session.shareLink()} atUs={session.player.playheadUs()} onClose={close} /> : null}
      {dialog === 'commands' ? <Picker title="All commands" placeholder="Do something, or go to a node…" items={commandItems(session)} onClose={close} /> : null}
      {dialog === 'connect' ? <Connect session={session} onClose={close} /> : null}
      {dialog === 'drawings' ? <Drawings session={session} onClose={close} /> : null}
      {dialog === 'unkept' ? <UnkeptDialog session={session} /> : null}
      {dialog === 'name' ? <NameDialog session={session} onClose={close} /> : null}
      {dialog === 'advice' ? <AdviceDialog session={session} onClose={close} /> : null}
      {dialog === 'breakpoints' ? <BreakpointDialog player={session.player} editor={session.editor} onClose={close} /> : null}
      {dialog === 'follow' ? <Picker title="Follow a request" placeholder="Which one? Number, node or how it ended" items={requestItems(session)} onClose={close} /> : null}
      {dialog === 'keys' ? <Keys session={session} onClose={close} /> : null}
    </>
  )
}

function commandItems(session: Session): PickerItem[] {
  const { blueprint } = session.editor.getState()
  return [
    ...[...actionsFor(session), ...reshapeActions(session)].flatMap(({ id, label, hint, keys, disabled, run }) => (id === 'commands' ? [] : [{ id, label, hint, keys, disabled, onPick: run }])),
    ...blueprint.nodes.map(({ id, label, kind }) => ({ id: `node ${id}`, label: `Go to ${label}`, hint: findPattern(kind)?.title, onPick: () => goTo(session, id) })),
    ...session.scenarios.map(({ id, title, summary }) => ({ id: `scenario ${id}`, label: `Open scenario: ${title}`, hint: summary, onPick: () => session.go(id) })),
  ]
}

/** Which node the selected one is to call; those it cannot call say why. */
function Connect({ session, onClose }: { session: Session; onClose: () => void }) {
  const { blueprint, selection, dispatch } = session.editor.getState()
  const from = blueprint.nodes.find(({ id }) => id === selection)
  if (!from) return null
  const items = blueprint.nodes.flatMap((to): PickerItem[] => {
    if (to.id === from.id) return []
    const why = whyNotConnect(blueprint, from.id, to.id)
    return [{ id: to.id, label: to.label, hint: why ?? findPattern(to.kind)?.title, disabled: why !== undefined, onPick: () => dispatch({ type: 'connect', from: from.id, to: to.id }) }]
  })
  const sorted = items.toSorted((a, b) => Number(a.disabled) - Number(b.disabled))
  return <Picker title={`${from.label} calls`} placeholder={`What does ${from.label} call?`} items={sorted} onClose={onClose} />
}

const OTHER_KEYS: readonly [keys: string, what: string][] = [
  ['Space', 'Play or pause; stops a run to the end'],
  ['.', 'One event further'],
  ['N', 'To the next change of state'],
  ['Home', 'Back to the start'],
  ['Enter', 'Select the node that has the focus'],
  ['Arrows', 'Move what is selected'],
  ['Escape', 'Let go of what is selected'],
  ['Ctrl click', 'Select several'],
  ['Shift drag', 'Select all within a frame'],
  ['Ctrl C, X, V', 'Copy, cut, paste, also between tabs'],
  ['Enter', 'Change the fault that has the focus'],
  ['← →', 'Move it; with Shift, its end'],
]

function Keys({ session, onClose }: { session: Session; onClose: () => void }) {
  const known = [...SELECTION_KEYS, ...actionsFor(session).flatMap(({ keys, label, id }) => (keys === undefined || id === 'copy' || id === 'paste' || isOfSelection(session, id) ? [] : [[keys, label] as const]))]
  return (
    <Dialog
      open
      onClose={onClose}
      title="Keyboard shortcuts"
      scrolls
      description="On a Mac, Command stands for Ctrl."
      actions={
        <Button tone="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <dl className="tools-keys">
        {[...known, ...OTHER_KEYS].map(([keys, what]) => (
          <div key={`${keys} ${what}`}>
            <dt>
              <Kbd>{keys}</Kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

/** Told whether something is selected or not. */
const SELECTION_KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['P', 'Protect the selected call'],
  ['F2', 'Rename'],
  ['C', 'Connect to…'],
  ['Ctrl D', 'Duplicate'],
  ['Delete', 'Remove'],
]

function isOfSelection(session: Session, id: string): boolean {
  return selectionActions(session).some((action) => action.id === id)
}
