import { useEffect } from 'react'
import { plain } from '../base/plain.ts'
import { isDialogOpen } from '../ui/is-typing.ts'
import { readLink, scenarioLink } from './session/links.ts'
import type { Session } from './session/session.ts'

/** What the page as a whole listens to: its address, whether it is seen, and the keys for undo. */
export function usePage(session: Session): void {
  useEffect(() => {
    const onHash = () => {
      session.follow(window.location.hash)
      correctAddress(session)
    }
    const onVisibility = pauseWhileHidden(session)
    const onKey = (event: KeyboardEvent) => undoByKey(session, event)
    window.addEventListener('hashchange', onHash)
    document.addEventListener('visibilitychange', onVisibility)
    window.addEventListener('keydown', onKey)
    correctAddress(session)
    const stopRefused = session.shell.subscribe((now, before) => {
      if (now.refused !== before.refused) correctAddress(session)
    })
    const stopAddress = session.editor.subscribe((now, before) => {
      if (now.scenario !== before.scenario) showAddress(now.scenario)
      // A shared moment that was changed is no longer the one in the address.
      else if (now.blueprint !== before.blueprint && now.drawing === before.drawing && readLink(window.location.hash).share !== undefined) showAddress(undefined, true)
    })
    return () => {
      stopAddress()
      stopRefused()
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

/** What the address asks for and cannot be had is told once: it then names what is on screen, for a reload. */
function correctAddress({ editor, scenarios, shell }: Session): void {
  const { scenario } = readLink(window.location.hash)
  const isUnknown = scenario !== undefined && scenarios.every(({ id }) => id !== scenario)
  if (isUnknown) shell.setState({ said: `There is no scenario “${plain(scenario, 40)}”.` })
  if (isUnknown || shell.getState().refused?.byLink) showAddress(editor.getState().scenario, true)
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
  if (!(event.ctrlKey || event.metaKey) || event.altKey || isDialogOpen()) return
  if (event.target instanceof HTMLElement && event.target.closest('input:not([type="range"]), textarea, [contenteditable="true"]')) return
  const key = event.key.toLowerCase()
  if (key !== 'z' && key !== 'y') return
  event.preventDefault()
  if (key === 'y' || event.shiftKey) editor.getState().redo()
  else editor.getState().undo()
}
