import { isTyping } from '../../ui/is-typing.ts'
import type { Session } from '../session/session.ts'
import { actionsFor } from './actions.ts'
import { pasteText, removeSelected, selectedClip } from './editing.ts'

/** Undo has keys of its own from the start; the clipboard's keys come as the clipboard's events. */
const NOT_BY_KEYS: ReadonlySet<string> = new Set(['undo', 'redo', 'copy', 'paste'])

/** Listens to the keys of every action and to the clipboard. Returns the way to stop. */
export function listenToKeys(session: Session): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isTyping(event.target)) return
    const action = actionsFor(session).find(({ id, keys }) => keys !== undefined && !NOT_BY_KEYS.has(id) && matches(event, keys))
    // End moves sliders, tabs and lists.
    if (action?.id === 'end' && event.target instanceof HTMLElement && event.target.closest('[role="slider"], [type="range"], [role="tablist"], [role="toolbar"], [role="region"]')) return
    if (!action || (action.id === 'select-all' && !isOnCanvas())) return
    event.preventDefault()
    action.run()
  }
  const onCopy = (event: ClipboardEvent): void => {
    const text = isTyping(event.target) || hasSelectedText() ? undefined : selectedClip(session)
    if (text === undefined || !event.clipboardData) return
    event.clipboardData.setData('text/plain', text)
    event.preventDefault()
    if (event.type === 'cut') removeSelected(session)
  }
  const onPaste = (event: ClipboardEvent): void => {
    if (isTyping(event.target)) return
    if (pasteText(session, event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault()
  }
  window.addEventListener('keydown', onKey)
  document.addEventListener('copy', onCopy)
  document.addEventListener('cut', onCopy)
  document.addEventListener('paste', onPaste)
  return () => {
    window.removeEventListener('keydown', onKey)
    document.removeEventListener('copy', onCopy)
    document.removeEventListener('cut', onCopy)
    document.removeEventListener('paste', onPaste)
  }
}

/** Whether the keys pressed are the ones shown as `Ctrl D`, `Shift L`, `F2`, `?`. On a Mac, Command stands for Ctrl. */
export function matches(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>, keys: string): boolean {
  const words = keys.split(' ')
  const key = words.at(-1) ?? ''
  const isShifted = words.includes('Shift')
  if (event.altKey || (event.ctrlKey || event.metaKey) !== words.includes('Ctrl')) return false
  if (key === 'Delete') return event.key === 'Delete' || event.key === 'Backspace'
  // A sign such as ? may need Shift or not, as the keyboard has it.
  if (/^[^\w\s]$/.test(key)) return event.key === key
  if (event.shiftKey !== isShifted) return false
  return event.key.toLowerCase() === key.toLowerCase() || event.code === `Digit${key}`
}

/** Select all means the drawing only where the drawing is. */
function isOnCanvas(): boolean {
  return document.activeElement === document.body || document.activeElement?.closest('[aria-label="Graph"]') !== null
}

function hasSelectedText(): boolean {
  return window.getSelection()?.isCollapsed === false
}
