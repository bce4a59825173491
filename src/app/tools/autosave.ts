import { freshLabel } from '../../editor/naming.ts'
import type { EditorState } from '../../editor/store.ts'
import { allDamaged, allKept, browserStore, forgetLast, keyOf, markLast, markUnkept, readKept, tabStore, wasUnkept, writeKept, type Kept, type Store } from '../session/keeping.ts'
import type { Session } from '../session/session.ts'
import { say } from './editing.ts'

const SAVE_EVERY_MS = 400
const FULL = 'The browser has no room left to keep this drawing. Save it as a file.'
const OFF = 'The browser lets this page keep nothing. Save the drawing as a file.'
const LOST = 'Your last changes could not be kept.'
const BEFORE_LOST = 'This is the drawing as it was kept before them.'
const DAMAGED = 'A drawing kept here cannot be read. Its text is safe under “Your drawings”.'
const ELSEWHERE = 'This drawing is open in another tab too. From here on this tab keeps a copy of its own.'
const THROWN_AWAY = 'This drawing was thrown away in another tab. With its next change it is kept again.'

/**
 * Keeps drawings of one's own in the browser as they change, marks the one that cannot be kept, and asks before that one
 * or text that is not drawn is left. Returns the way to stop, which keeps what is not kept yet.
 */
export function startAutosave(session: Session, store = browserStore(), tab = tabStore()): () => void {
  const { editor, shell } = session
  tellOfLosses(session, store, tab)
  const { save, put, follow, isAllKept } = keeper(session, store, tab)
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined
      save()
    }, SAVE_EVERY_MS)
  }
  const onLeave = (event: BeforeUnloadEvent): void => {
    save()
    if (!isAllKept() || hasDraft(session)) event.preventDefault()
  }
  const stopEditor = editor.subscribe((now, before) => {
    // What was changed just now and left at once must not wait.
    if (timer !== undefined && now.drawing !== before.drawing) put(before)
    if (now.blueprint !== before.blueprint) soon()
  })
  // In a dialog room may have been made.
  const stopShell = shell.subscribe((now, before) => {
    if (now.unkept && before.dialog !== now.dialog) soon()
  })
  // A page that goes away keeps what it has first.
  window.addEventListener('pagehide', save)
  window.addEventListener('beforeunload', onLeave)
  window.addEventListener('storage', follow)
  soon()
  return () => {
    stopEditor()
    stopShell()
    clearTimeout(timer)
    save()
    window.removeEventListener('pagehide', save)
    window.removeEventListener('beforeunload', onLeave)
    window.removeEventListener('storage', follow)
  }
}

function hasDraft({ drafts }: Session): boolean {
  return Object.values(drafts.getState()).some((draft) => draft !== undefined && draft.text !== draft.from)
}

/** Keeps the drawing on screen, and lets it go its own way when another tab has changed it. */
function keeper(session: Session, store: Store | undefined, tab: Store | undefined) {
  const { editor, shell, keptIds: ids } = session
  let savedBlueprint: unknown
  /** Drawings that go on in another tab under the name they have here. */
  const split = new Set<number>()
  /** They may be left for another one: undo leads back to them. */
  const unkept = new Set<number>()
  const save = (): void => {
    const { compared, visitFrom, unkept: isUnkept } = shell.getState()
    if ((editor.getState().blueprint === savedBlueprint && !isUnkept) || compared || visitFrom) return
    if (store) nameCopy(session, store, split)
    put(editor.getState())
  }
  const put = (state: EditorState): void => {
    const isKept = isOwn(session, state) ? keep(state) : forgotten()
    if (isKept) savedBlueprint = state.blueprint
    else if (!shell.getState().unkept) say(session, store ? FULL : OFF)
    if (isKept) unkept.delete(state.drawing)
    else unkept.add(state.drawing)
    shell.setState({ unkept: !isKept })
    if (tab) markUnkept(tab, unkept.size > 0)
  }
  const keep = (state: EditorState): boolean => {
    if (!store) return false
    const id = ids.get(state.drawing) ?? freshKey(store)
    ids.set(state.drawing, id)
    // Opened and not changed: writing it again would only make another tab believe it was.
    const isKept = isKeptAlready(store, id, state) || writeKept(store, keptOf(id, state))
    markLast(isKept ? store : undefined, id, tab)
    return isKept
  }
  const forgotten = (): boolean => {
    forgetLast(store, tab)
    return true
  }
  const follow = ({ key, newValue }: StorageEvent): void => {
    const state = editor.getState()
    const id = ids.get(state.drawing)
    if (!store || id === undefined || key !== keyOf(id) || isKeptAlready(store, id, state)) return
    if (newValue === null) return say(session, THROWN_AWAY)
    ids.delete(state.drawing)
    split.add(state.drawing)
    say(session, ELSEWHERE)
  }
  return { save, put, follow, isAllKept: () => unkept.size === 0 }
}

/** Says what of one's own is not there as it was left. */
function tellOfLosses(session: Session, store: Store | undefined, tab: Store | undefined): void {
  const { said = '' } = session.shell.getState()
  if (tab && wasUnkept(tab)) say(session, session.keptIds.size > 0 ? `${LOST} ${BEFORE_LOST}` : LOST)
  else if (store && allDamaged(store).length > 0 && !said.includes(DAMAGED)) say(session, `${said} ${DAMAGED}`.trim())
}

/** A copy that went its own way gets a name of its own, unless that would cost what can be redone. */
function nameCopy({ editor }: Session, store: Store, split: Set<number>): void {
  const { blueprint, drawing, future, dispatch } = editor.getState()
  if (!split.has(drawing) || future.length > 0) return
  split.delete(drawing)
  dispatch({ type: 'rename-blueprint', name: freshLabel(blueprint.name, new Set(allKept(store).map((kept) => kept.blueprint.name))) })
}

/** A scenario as it came, or an empty drawing, need not be kept. */
function isOwn({ scenarios }: Session, { blueprint, scenario }: EditorState): boolean {
  if (blueprint.nodes.length === 0 && (blueprint.notes ?? []).length === 0) return false
  const original = scenarios.find(({ id }) => id === scenario)?.blueprint
  return original !== blueprint && JSON.stringify(original) !== JSON.stringify(blueprint)
}

function isKeptAlready(store: Store, id: string, { blueprint }: EditorState): boolean {
  return JSON.stringify(readKept(store, id)?.blueprint) === JSON.stringify(blueprint)
}

function keptOf(id: string, { blueprint, scenario }: EditorState): Kept {
  return { id, scenario, savedMs: Date.now(), blueprint }
}

/** A key that no kept drawing has. */
function freshKey(store: Store): string {
  for (;;) {
    const id = crypto.randomUUID?.() ?? String(Math.random()).slice(2)
    if (store.getItem(keyOf(id)) === null) return id
  }
}
