import { useSyncExternalStore } from 'react'

export type Theme = 'dark' | 'light'

const STORAGE_KEY = 'faultline-theme'
const listeners = new Set<() => void>()

/** Applies the chosen theme, or the system's when none was chosen, and follows the system from then on. Call once, before drawing. */
export function startTheme(): void {
  const system = window.matchMedia('(prefers-color-scheme: light)')
  const follow = () => show(storedTheme() ?? (system.matches ? 'light' : 'dark'))
  system.addEventListener('change', follow)
  follow()
}

/** The theme on screen. */
export function theme(): Theme {
  return document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark'
}

/** Shows a theme and remembers it for the next visit. */
export function setTheme(next: Theme): void {
  try {
    localStorage.setItem(STORAGE_KEY, next)
  } catch {
    // Storage may be off; the choice then holds for this visit.
  }
  show(next)
}

/** Called after the theme changed: canvases read their colours anew. Returns the way to stop. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The theme on screen, followed. */
export function useTheme(): Theme {
  return useSyncExternalStore(onThemeChange, theme)
}

/** The present value of a colour token such as `--open`, for canvases. */
export function tokenColor(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim()
}

function show(next: Theme): void {
  document.documentElement.dataset['theme'] = next
  for (const listener of listeners) listener()
}

function storedTheme(): Theme | undefined {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return stored === 'dark' || stored === 'light' ? stored : undefined
  } catch {
    return undefined
  }
}
