import { targetFor } from '../../export/index.ts'
import { saveBlueprint, pickFile } from '../files.ts'
import type { Session } from '../session/session.ts'
import { addKind, addNote, align, copySelected, copySnippet, duplicateSelected, openMenu, pasteFromClipboard, protect, removeSelected, selectAll, tidyUp } from './editing.ts'
import { savePicture } from './picture.ts'
import { runToEnd } from './stopping.ts'
import { patterns } from '../../patterns/index.ts'

/** Something people can do: by a menu, by the list of commands, or by its keys. */
export interface Action {
  id: string
  label: string
  hint?: string
  /** As they are shown: `Ctrl D`; matched by {@link matches}. */
  keys?: string
  /** It cannot be done now; `hint` says why. */
  disabled?: boolean
  run: () => void
}

/** What can be done with the drawing as it stands and with what is selected in it. */
export function actionsFor(session: Session): Action[] {
  return [...selectionActions(session), ...addActions(session), ...drawingActions(session), ...pageActions(session)]
}

export function selectionActions(session: Session): Action[] {
  const { blueprint, selected, selection } = session.editor.getState()
  const { shell } = session
  const kind = blueprint.nodes.find(({ id }) => id === selection)?.kind ?? ''
  const hasCode = targetFor(kind, 'zero-dep') !== undefined
  const edge = blueprint.edges.find(({ id }) => selected.length === 1 && id === selected[0])
  const copyable = [...blueprint.nodes, ...(blueprint.notes ?? [])].filter(({ id }) => selected.includes(id)).length
  const actions: (Action | false)[] = [
    edge !== undefined && { id: 'protect', label: 'Protect this call', hint: 'Retry, breaker and timeout before it', keys: 'P', run: () => protect(session, edge.id) },
    hasCode && { id: 'copy-snippet', label: 'Copy snippet', hint: 'Its code, set as it is', run: () => void copySnippet(session) },
    selection !== undefined && { id: 'rename', label: 'Rename', keys: 'F2', run: () => shell.setState({ renaming: selection }) },
    selection !== undefined && { id: 'stop-when', label: 'Stop when…', hint: 'A breakpoint at this node', run: () => shell.setState({ dialog: 'breakpoints' }) },
    selection !== undefined && { id: 'connect', label: 'Connect to…', keys: 'C', run: () => shell.setState({ dialog: 'connect' }) },
    copyable > 0 && { id: 'duplicate', label: copyable > 1 ? `Duplicate all ${copyable}` : 'Duplicate', keys: 'Ctrl D', run: () => duplicateSelected(session) },
    copyable > 0 && { id: 'copy', label: 'Copy', keys: 'Ctrl C', run: () => void copySelected(session) },
    copyable > 1 && { id: 'row', label: 'Align in a row', run: () => align(session, 'row') },
    copyable > 1 && { id: 'column', label: 'Align in a column', run: () => align(session, 'column') },
    copyable > 2 && { id: 'spread-row', label: 'Even gaps across', run: () => align(session, 'spread-row') },
    copyable > 2 && { id: 'spread-column', label: 'Even gaps down', run: () => align(session, 'spread-column') },
    selected.length > 0 && { id: 'remove', label: edge ? 'Remove line' : selected.length > 1 ? `Remove all ${selected.length}` : 'Remove', keys: 'Delete', run: () => removeSelected(session) },
  ]
  return actions.filter((action) => action !== false)
}

export function addActions(session: Session): Action[] {
  return [
    ...patterns.map(({ kind, title, summary }) => ({ id: `add-${kind}`, label: `Add ${title.toLowerCase()}`, hint: summary, run: () => addKind(session, kind) })),
    { id: 'add-note', label: 'Add note', run: () => addNote(session) },
  ]
}

export function drawingActions(session: Session): Action[] {
  return [
    { id: 'paste', label: 'Paste', keys: 'Ctrl V', run: () => void pasteFromClipboard(session) },
    { id: 'select-all', label: 'Select all', keys: 'Ctrl A', run: () => selectAll(session) },
    { id: 'tidy', label: 'Tidy up', hint: 'Callers left, what they call right', keys: 'Shift L', run: () => void tidyUp(session) },
    { id: 'fit', label: 'Show everything', keys: 'Shift 1', run: () => session.canvas?.fit() },
  ]
}

/** Requests come and go: what is offered stands still while one chooses. */
function follow({ player, shell }: Session): void {
  player.pause()
  shell.setState({ dialog: 'follow' })
}

function pageActions(session: Session): Action[] {
  const { editor, shell, player } = session
  const undo = editor.getState().past.at(-1)?.label
  const redo = editor.getState().future.at(-1)?.label
  const actions: (Action | false)[] = [
    undo !== undefined && { id: 'undo', label: `Undo ${undo}`, keys: 'Ctrl Z', run: () => editor.getState().undo() },
    redo !== undefined && { id: 'redo', label: `Redo ${redo}`, keys: 'Ctrl Shift Z', run: () => editor.getState().redo() },
    { id: 'end', label: player.getState().sprint ? 'Stop the run to the end' : 'Run to the end', keys: 'End', run: () => runToEnd(session) },
    { id: 'breakpoints', label: 'Breakpoints…', hint: 'Stop when a node enters a state or a request fails', keys: 'B', run: () => shell.setState({ dialog: 'breakpoints' }) },
    { id: 'follow', label: 'Follow a request…', hint: 'Its way through the nodes as a sequence', keys: 'R', run: () => follow(session) },
    { id: 'menu', label: 'Menu of what is selected', keys: 'Shift F10', run: () => openMenu(session) },
    { id: 'share', label: 'Share this moment', run: () => session.openShare() },
    { id: 'save', label: 'Save file', keys: 'Ctrl S', run: () => saveBlueprint(session.watched()) },
    { id: 'png', label: 'Save picture (PNG)', run: () => void savePicture(editor.getState().blueprint.name, 'png') },
    { id: 'svg', label: 'Save picture (SVG)', run: () => void savePicture(editor.getState().blueprint.name, 'svg') },
    { id: 'open', label: 'Open file…', keys: 'Ctrl O', run: () => pickFile((name, text) => session.openText(name, text)) },
    { id: 'drawings', label: 'Your drawings…', run: () => shell.setState({ dialog: 'drawings' }) },
    { id: 'name', label: 'Name this drawing…', run: () => shell.setState({ dialog: 'name' }) },
    { id: 'new', label: 'New drawing', run: () => session.openOwn() },
    { id: 'text', label: 'Edit as text', run: () => shell.setState({ tab: 'text' }) },
    { id: 'log', label: 'Show the event log', run: () => shell.setState({ tab: 'log' }) },
    { id: 'code', label: 'Show the code', run: () => shell.setState({ tab: 'code' }) },
    { id: 'advice', label: 'Advice on this drawing', run: () => shell.setState({ dialog: 'advice' }) },
    { id: 'keys', label: 'Keyboard shortcuts', keys: '?', run: () => shell.setState({ dialog: 'keys' }) },
    { id: 'commands', label: 'All commands', keys: 'Ctrl K', run: () => shell.setState({ dialog: 'commands' }) },
  ]
  return actions.filter((action) => action !== false)
}
