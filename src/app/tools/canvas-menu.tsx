import { patterns } from '../../patterns/index.ts'
import { patternViews } from '../../patterns/views.tsx'
import type { MenuGroup, MenuItem } from '../../ui/menu.tsx'
import { PointMenu } from '../../ui/point-menu.tsx'
import type { Session } from '../session/session.ts'
import type { OpenMenu } from '../session/shell.ts'
import { drawingActions, selectionActions, type Action } from './actions.ts'
import { addAfter, addNote, pasteFromClipboard } from './editing.ts'
import { newNode, freePlace } from '../../editor/parts.ts'
import { likelyReshapeActions } from './reshape-actions.ts'

/** The menu that is open on the canvas. */
export function CanvasMenu({ session, menu }: { session: Session; menu: OpenMenu }) {
  const close = () => {
    session.shell.setState({ menu: undefined })
    // Back to where it was opened, unless what was chosen took the focus.
    setTimeout(() => document.activeElement === document.body && session.canvas?.focus(menu.from ?? menu.ids[0] ?? ''))
  }
  const groups = menu.from === undefined ? groupsFor(session, menu) : [{ title: 'Calls a new', items: kindItems((kind) => addAfter(session, kind, menu.from ?? '', menu.place)) }]
  return <PointMenu label={menu.from === undefined ? 'What to do here' : 'What to add here'} at={menu.screen} groups={groups} onClose={close} />
}

function groupsFor(session: Session, { ids, place }: OpenMenu): MenuGroup[] {
  if (ids.length > 0) return [{ items: selectionActions(session).map(toItem) }, { items: likelyReshapeActions(session).map(toItem) }]
  const { editor } = session
  const add = (kind: string) => {
    const { blueprint, dispatch } = editor.getState()
    dispatch({ type: 'add-node', node: newNode(blueprint, kind, freePlace(blueprint, place)) })
  }
  const all = patterns.map(({ kind, title }) => ({ id: kind, label: title, icon: iconOf(kind), onSelect: () => add(kind) }))
  return [
    { title: 'Add here', items: [...all, { id: 'note', label: 'Note', onSelect: () => addNote(session, place) }] },
    { items: drawingActions(session).map((action) => toItem(action.id === 'paste' ? { ...action, run: () => void pasteFromClipboard(session, place) } : action)) },
  ]
}

/** Kinds that can be called. */
function kindItems(onSelect: (kind: string) => void): MenuItem[] {
  return patterns.flatMap(({ kind, title, ports }) => (ports.in ? [{ id: kind, label: title.toLowerCase(), icon: iconOf(kind), onSelect: () => onSelect(kind) }] : []))
}

function iconOf(kind: string) {
  const Icon = patternViews[kind]?.Icon
  return Icon ? <Icon size={16} aria-hidden /> : undefined
}

function toItem({ id, label, hint, keys, disabled, run }: Action): MenuItem {
  return { id, label, hint, keys, disabled, onSelect: run }
}
