import type { EditorState } from '../../editor/store.ts'
import { browserStore, forgetLast, keyOf, markLast, readKept, writeKept, type Kept } from '../session/keeping.ts'
import type { Session } from '../session/session.ts'
import { say } from './editing.ts'

const SAVE_EVERY_MS = 400
const FULL = 'The browser has no room left to keep this drawing. Save it as a file.'
const ELSEWHERE = 'This drawing is open in another tab too. From here on this tab keeps a copy of its own.'

type Store = NonNullable<ReturnType<typeof browserStore>>

/** Keeps drawings of one's own in the browser as they change. Returns the way to stop, which keeps what is not kept yet. */
export function startAutosave(session: Session, store: Store | undefined = browserStore()): () => void {
  if (!store) return () => {}
  const { editor, keptIds: ids } = session
  let savedBlueprint: unknown
  let isFull = false
  const save = (): void => {
    const state = editor.getState()
    const { compared, visitFrom } = session.shell.getState()
    if (state.blueprint === savedBlueprint || compared || visitFrom) return
    savedBlueprint = state.blueprint
    if (!isOwn(session, state)) return forgetLast(store)
    const id = ids.get(state.drawing) ?? freshKey(store)
    ids.set(state.drawing, id)
    // Opened and not changed: writing it again would only make another tab believe it was.
    const isKept = isKeptAlready(store, id, state) ? markLast(store, id) : writeKept(store, keptOf(id, state))
    if (!isKept && !isFull) say(session, FULL)
    isFull = !isKept
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined
      save()
    }, SAVE_EVERY_MS)
  }
  const onStorage = ({ key }: StorageEvent): void => {
    const { drawing } = editor.getState()
    const id = ids.get(drawing)
    if (id === undefined || key !== keyOf(id)) return
    ids.delete(drawing)
    say(session, ELSEWHERE)
  }
  const stop = editor.subscribe((now, before) => {
    if (now.blueprint !== before.blueprint) soon()
  })
  // A page that goes away keeps what it has first.
  window.addEventListener('pagehide', save)
  window.addEventListener('storage', onStorage)
  soon()
  return () => {
    stop()
    clearTimeout(timer)
    save()
    window.removeEventListener('pagehide', save)
    window.removeEventListener('storage', onStorage)
  }
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
    if (readKept(store, id) === undefined) return id
  }
}
