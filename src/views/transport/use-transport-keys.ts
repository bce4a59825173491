import { useEffect } from 'react'
import type { Player } from '../../player/types.ts'
import { isTyping } from '../../ui/is-typing.ts'
import { togglePlay } from './toggle-play.ts'

/** Buttons, and whatever else takes the focus to be pressed, such as a node of the graph. */
const PRESSED_BY_SPACE = 'button, summary, [tabindex]:not([role="slider"], [role="tabpanel"])'

/** Space, point, N and Home from anywhere on the page, except where they mean something else already. */
export function useTransportKeys(player: Player): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      // The graph claims Space everywhere, for panning by pointer; that does not concern playing.
      if (event.defaultPrevented && event.key !== ' ') return
      const action = actionFor(event.key, player)
      if (!action || isTakenBy(event.target, event.key)) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [player])
}

function actionFor(key: string, player: Player): (() => void) | undefined {
  if (key === ' ') return () => togglePlay(player)
  if (key === '.') return () => player.stepEvent()
  if (key === 'n' || key === 'N') return () => player.stepTransition()
  if (key === 'Home') return () => player.restart()
  return undefined
}

/** Typing belongs to the field; Space presses what has the focus; Home moves sliders, tabs and open menus. */
function isTakenBy(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (isTyping(target)) return true
  if (key === ' ') return target.matches(PRESSED_BY_SPACE)
  return key === 'Home' && target.closest('[role="slider"], [type="range"], [role="tablist"], [role="radiogroup"]') !== null
}
