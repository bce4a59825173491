import type { Blueprint } from '../../model/blueprint.ts'
import { parseBlueprintText } from '../../model/parse.ts'
import { readLink } from './links.ts'

/** A drawing of one's own as the browser keeps it. */
export interface Kept {
  id: string
  /** The scenario it began as. */
  scenario: string | undefined
  /** When it was kept last, in milliseconds since 1970. */
  savedMs: number
  blueprint: Blueprint
}

/** A drawing that was kept and cannot be read any more: its text as it lies there. */
export interface Damaged {
  id: string
  text: string
}

const PREFIX = 'faultline.drawing.'
const LAST = 'faultline.last'
/** In the storage of one tab: what it shows, and whether that could not be kept. */
const SHOWN = 'faultline.shown'
const UNKEPT = 'faultline.unkept'

export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** The browser's storage, or undefined where it is switched off. */
export function browserStore(): Store | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}

/** The storage of this tab alone, which outlives a reload; undefined where it is switched off. */
export function tabStore(): Store | undefined {
  try {
    return window.sessionStorage
  } catch {
    return undefined
  }
}

/** Under which key a drawing lies: to tell which one another tab has written. */
export function keyOf(id: string): string {
  return PREFIX + id
}

/** A kept drawing; undefined when there is none or it cannot be read any more (it is left where it is). */
export function readKept(store: Store, id: string): Kept | undefined {
  const text = store.getItem(keyOf(id))
  if (text === null) return undefined
  try {
    const { scenario, savedMs, blueprint }: Record<string, unknown> = { ...(JSON.parse(text) as object) }
    const parsed = parseBlueprintText(JSON.stringify(blueprint)).blueprint
    return parsed && { id, scenario: typeof scenario === 'string' ? scenario : undefined, savedMs: Number(savedMs) || 0, blueprint: parsed }
  } catch {
    return undefined
  }
}

/** Whether it could be kept: storage may be full. */
export function writeKept(store: Store, { id, ...kept }: Kept): boolean {
  if (!hasPut(store, keyOf(id), JSON.stringify(kept))) return false
  markLast(store, id)
  return true
}

/** A reload of this tab goes on with this one, and so does the next tab. */
export function markLast(store: Store | undefined, id: string, tab?: Store): void {
  if (tab) hasPut(tab, SHOWN, id)
  if (store && store.getItem(LAST) !== id) hasPut(store, LAST, id)
}

/** Whether what this tab showed before a reload could not be kept as it stood. */
export function wasUnkept(tab: Store): boolean {
  return tab.getItem(UNKEPT) !== null
}

export function markUnkept(tab: Store, isUnkept: boolean): void {
  if (isUnkept) hasPut(tab, UNKEPT, '1')
  else tab.removeItem(UNKEPT)
}

function hasPut(store: Store, key: string, text: string): boolean {
  try {
    store.setItem(key, text)
    return true
  } catch {
    return false
  }
}

/** Throws a kept drawing away. Returns what brings it back, which says whether there was room for it. */
export function forget(store: Store, id: string): () => boolean {
  const text = store.getItem(keyOf(id)) ?? ''
  const wasLast = store.getItem(LAST) === id
  store.removeItem(keyOf(id))
  if (wasLast) store.removeItem(LAST)
  return () => {
    if (wasLast) markLast(store, id)
    return hasPut(store, keyOf(id), text)
  }
}

/** What this tab shows is nobody's own: a reload opens what the address says. */
export function forgetLast(store: Store | undefined, tab?: Store): void {
  // Another tab's drawing stays the last one.
  if (tab === undefined || tab.getItem(SHOWN) === store?.getItem(LAST)) store?.removeItem(LAST)
  if (tab) hasPut(tab, SHOWN, '')
}

/** All kept drawings, the latest first. */
export function allKept(store: Store): Kept[] {
  return idsOf(store).flatMap((id) => readKept(store, id) ?? []).toSorted((a, b) => b.savedMs - a.savedMs)
}

export function allDamaged(store: Store): Damaged[] {
  return idsOf(store).flatMap((id) => (readKept(store, id) ? [] : [{ id, text: store.getItem(keyOf(id)) ?? '' }]))
}

function idsOf(store: Store): string[] {
  return Array.from({ length: store.length }, (_, index) => store.key(index) ?? '').flatMap((key) => (key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : []))
}

/** The drawing to go on with, unless the address asks for something else: after a reload the tab's own, in a new tab the last. */
export function lastKept(store: Store | undefined, hash: string, tab?: Store): Kept | undefined {
  const link = readLink(hash)
  const id = tab?.getItem(SHOWN) ?? store?.getItem(LAST)
  if (!store || !id || link.share !== undefined || link.tryIndex !== undefined) return undefined
  const kept = readKept(store, id)
  return link.scenario === undefined || link.scenario === kept?.scenario ? kept : undefined
}
