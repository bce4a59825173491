import { useEffect } from 'react'
import { readLink, scenarioLink } from './session/links.ts'
import type { Session } from './session/session.ts'

/** What the page as a whole listens to: its address, whether it is seen, and the keys for undo. */
export function usePage(session: Session): void {
  useEffect(() => {
    const onHash = () => session.follow(window.location.hash)
    const onVisibility = pauseWhileHidden(session)
    const onKey = (event: KeyboardEvent) => undoByKey(session, event)
    window.addEventListener('hashchange', onHash)
    document.addEventListener('visibilitychange', onVisibility)
    window.addEventListener('keydown', onKey)
    const stopAddress = session.editor.subscribe((now, before) => {
      if (now.scenario !== before.scenario) showAddress(now.scenario)
      // A shared moment that was changed is no longer the one in the address.
      else if (now.blueprint !== before.blueprint && now.drawing === before.drawing && readLink(window.location.hash).share !== undefined) showAddress(undefined, true)
    })
    return () => {
      stopAddress()
      window.removeEventListener('hashchange', onHash)
      document.removeEventListener('visibilitychange', onVisibility)
      window.removeEventListener('keydown', onKey)
    }
  }, [session])
}

/** Keeps the address true when undo leads back to another drawing, so that a reload opens what is on screen. */
function showAddress(scenario: string | undefined, always = false): void {
  const { pathname, search, hash } = window.location
  if (!always && readLink(hash).scenario === scenario) return
  window.history.replaceState(null, '', pathname + search + (scenario === undefined ? '' : scenarioLink(scenario)))
}

/** Pauses a run nobody sees; goes on when it is seen again, unless it was paused anyway. */
function pauseWhileHidden({ player }: Session): () => void {
  let paused = false
  return () => {
    if (document.hidden) {
      paused = player.getState().status === 'playing'
      if (paused) player.pause()
    } else if (paused) {
      paused = false
      player.play()
    }
  }
}

function undoByKey({ editor }: Session, event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return
  if (event.target instanceof HTMLElement && event.target.closest('input:not([type="range"]), textarea, [contenteditable="true"]')) return
  const key = event.key.toLowerCase()
  if (key !== 'z' && key !== 'y') return
  event.preventDefault()
  if (key === 'y' || event.shiftKey) editor.getState().redo()
  else editor.getState().undo()
}
