import { useState } from 'react'

/** What had the focus before something opened over the page. */
let opener: Element | null = null

/**
 * For what opens over the page and takes the focus. Returns what leads the focus back when that closes: to where it was before,
 * or, when that is gone, to what is selected. Whatever took the focus meanwhile keeps it.
 */
export function useFocusBack(): (event: Event) => void {
  // While it is drawn for the first time, what opened it is still there, even if it is a menu's row.
  useState(noteOpener)
  return leadBack
}

function noteOpener(): void {
  const active = document.activeElement
  // One dialog leads to another: both lead back to the same place.
  if (active?.closest('[role="dialog"]')) return
  const menu = active?.closest('[role="menu"]')
  opener = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : active
}

function leadBack(event: Event): void {
  event.preventDefault()
  if (document.activeElement !== document.body) return
  const places = [opener, document.querySelector('.react-flow__node.selected'), document.querySelector('.react-flow__node')]
  for (const place of places) {
    if (!(place instanceof HTMLElement) || place === document.body) continue
    place.focus({ preventScroll: true })
    if (document.activeElement === place) return
  }
}
