import { clipText, parseClip } from '../../editor/clipboard.ts'
import { alignment, type Alignment } from '../../editor/arranging.ts'
import { addedIds } from '../../editor/commands.ts'
import { missingProtection, whyNotInsert } from '../../editor/inserting.ts'
import { clipOf, freePlace, newNode, type Point } from '../../editor/parts.ts'
import { GRID } from '../../model/grid.ts'
import { freshId, takenIds } from '../../model/ids.ts'
import { findPattern } from '../../patterns/index.ts'
import { copyText } from '../../ui/copy-text.ts'
import { codeOf } from '../../views/code/source.ts'
import { codeSource } from '../code/source.ts'
import type { Session } from '../session/session.ts'

/** Half a card: what is added in the middle of the view has its own middle there. */
const HALF_CARD = { x: 100, y: 60 }

/**
 * Adds a node of a kind where it makes sense: on the selected line if it is a policy, beside the selected node and connected
 * with it if it may be, else in the middle of what is seen.
 */
export function addKind(session: Session, kind: string): void {
  const { blueprint, selected, dispatch } = session.editor.getState()
  const [only, ...others] = selected
  const edge = others.length === 0 && blueprint.edges.find(({ id }) => id === only)
  if (edge && whyNotInsert(blueprint, edge.id, [kind]) === undefined) {
    dispatch({ type: 'insert', edge: edge.id, kinds: [kind] })
    return
  }
  const beside = others.length === 0 ? blueprint.nodes.find(({ id }) => id === only) : undefined
  const isSource = findPattern(kind)?.role === 'source'
  const { x, y } = beside?.position ?? middle(session)
  const wanted = beside ? { x: x + (isSource ? -GRID.column : GRID.column), y } : { x: x - HALF_CARD.x, y: y - HALF_CARD.y }
  const node = newNode(blueprint, kind, freePlace(blueprint, wanted))
  dispatch(isSource ? { type: 'add-node', node, to: beside?.id } : { type: 'add-node', node, from: beside?.id })
}

/** Adds a node that `from` calls, where a line was let go. */
export function addAfter(session: Session, kind: string, from: string, place?: Point): void {
  const { blueprint, dispatch } = session.editor.getState()
  const caller = blueprint.nodes.find(({ id }) => id === from)
  const wanted = place ? { x: place.x, y: place.y - HALF_CARD.y } : { x: (caller?.position.x ?? 0) + GRID.column, y: caller?.position.y ?? 0 }
  dispatch({ type: 'add-node', node: newNode(blueprint, kind, freePlace(blueprint, wanted)), from })
}

export function addNote(session: Session, place?: Point): void {
  const { blueprint, dispatch } = session.editor.getState()
  const { x, y } = place ?? freePlace(blueprint, middle(session))
  dispatch({ type: 'add-note', note: { id: freshId('note', takenIds(blueprint)), text: '', position: { x: Math.round(x), y: Math.round(y) } } })
}

export function removeSelected(session: Session): void {
  const { blueprint, selected, dispatch } = session.editor.getState()
  const hadFocus = selected.includes(document.activeElement?.closest<HTMLElement>('.react-flow__node')?.dataset['id'] ?? '')
  dispatch({ type: 'remove', ids: selected })
  // The keyboard goes on from a neighbour, not from the top of the page.
  const there = new Set(session.editor.getState().blueprint.nodes.map(({ id }) => id))
  const near = blueprint.edges.flatMap(({ from, to }) => (selected.includes(from) || selected.includes(to) ? [from, to] : []))
  const next = [...near, ...there].find((id) => there.has(id))
  if (hadFocus && next !== undefined) session.canvas?.focus(next)
}

export function duplicateSelected(session: Session): void {
  const { selected, dispatch } = session.editor.getState()
  dispatch({ type: 'duplicate', ids: selected })
}

export function selectAll(session: Session): void {
  const { blueprint, selectMany } = session.editor.getState()
  selectMany([...blueprint.nodes, ...(blueprint.notes ?? [])].map(({ id }) => id))
}

/** What is selected as text for the clipboard; undefined when nothing that can be copied is. */
export function selectedClip(session: Session): string | undefined {
  const { blueprint, selected } = session.editor.getState()
  const clip = clipOf(blueprint, selected)
  return clip.nodes.length + clip.notes.length === 0 ? undefined : clipText(clip)
}

/** Copies for as long as the page is open, should the browser keep its clipboard to itself. */
let lastClip = ''

export async function copySelected(session: Session): Promise<void> {
  const text = selectedClip(session)
  if (text === undefined) return
  lastClip = text
  await copyText(text)
}

/** Copies the selected node's code and says so. */
export async function copySnippet(session: Session): Promise<void> {
  const snippet = codeOf(codeSource(session), session.editor.getState().selection)?.snippet
  if (snippet) say(session, (await copyText(snippet.code)) ? `${snippet.fileName} copied.` : 'The browser did not allow it: copy it from the Code tab.')
}

export async function pasteFromClipboard(session: Session, at?: Point): Promise<void> {
  const text = await navigator.clipboard.readText().catch(() => lastClip)
  if (!pasteText(session, parseClip(text) ? text : lastClip, at)) say(session, 'There is no piece of a drawing on the clipboard.')
}

/** Whether the text was a piece of a drawing. */
export function pasteText(session: Session, text: string, at?: Point): boolean {
  const clip = parseClip(text)
  if (!clip) return false
  session.editor.getState().dispatch({ type: 'paste', clip, at })
  return true
}

/** Puts retry, breaker and timeout on a call, as far as they are missing. */
export function protect(session: Session, edge: string): void {
  const { blueprint, dispatch } = session.editor.getState()
  const kinds = missingProtection(blueprint, edge)
  if (kinds.length === 0) return say(session, 'This call has a retry, a breaker and a timeout already.')
  dispatch({ type: 'insert', edge, kinds })
  // Of the new ones the breaker is what people look at and switch off.
  const { blueprint: after, selectMany } = session.editor.getState()
  const fresh = new Set(addedIds(blueprint, after))
  const added = after.nodes.filter(({ id }) => fresh.has(id))
  const main = added.find(({ kind }) => kind === 'circuit-breaker') ?? added[0]
  if (main) {
    selectMany([main.id])
    session.canvas?.focus(main.id)
  }
  // What stands behind it moved to make room.
  session.canvas?.reveal(after.nodes.map(({ id }) => id))
  say(session, `On this call now: ${added.map(({ kind }) => findPattern(kind)?.title.toLowerCase()).join(', ')}.`)
}

export function align(session: Session, how: Alignment): void {
  const { blueprint, selected, dispatch } = session.editor.getState()
  const command = alignment(blueprint, selected, how)
  if (command) dispatch(command)
}

/** Gives every node a tidy place, in one step. */
export async function tidyUp(session: Session): Promise<void> {
  const { arranged } = await import('../../model/layout.ts')
  const { blueprint, dispatch } = session.editor.getState()
  dispatch({ type: 'move-nodes', positions: arranged(blueprint, (id) => session.canvas?.sizeOf(id)), how: 'tidy up' })
  requestAnimationFrame(() => session.canvas?.fit())
}

/** Opens the menu of what is selected where the keyboard's focus is. */
export function openMenu(session: Session): void {
  const { x, y, width, height } = (document.activeElement ?? document.body).getBoundingClientRect()
  const screen = { x: x + width / 2, y: y + height / 2 }
  session.shell.setState({ menu: { screen, place: session.canvas?.toDrawing(screen) ?? screen, ids: session.editor.getState().selected } })
}

/** Selects a node and shows it. */
export function goTo(session: Session, id: string): void {
  session.editor.getState().selectMany([id])
  session.canvas?.reveal([id])
  session.canvas?.focus(id)
}

/** Says in a line on the canvas why something was not done. */
export function say(session: Session, words: string): void {
  session.shell.setState({ said: words })
}

function middle(session: Session): Point {
  return session.canvas?.middle() ?? { x: 0, y: 0 }
}
