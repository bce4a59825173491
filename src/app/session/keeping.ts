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

const PREFIX = 'faultline.drawing.'
const LAST = 'faultline.last'

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** The browser's storage, or undefined where it is switched off. */
export function browserStore(): Store | undefined {
  try {
    return window.localStorage
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
  try {
    store.setItem(keyOf(id), JSON.stringify(kept))
    return markLast(store, id)
  } catch {
    return false
  }
}

/** A reload goes on with this one. */
export function markLast(store: Store, id: string): boolean {
  if (store.getItem(LAST) !== id) store.setItem(LAST, id)
  return true
}

export function forget(store: Store, id: string): void {
  store.removeItem(keyOf(id))
  if (store.getItem(LAST) === id) store.removeItem(LAST)
}

/** What is shown is nobody's own: a reload opens what the address says. */
export function forgetLast(store: Store): void {
  store.removeItem(LAST)
}

/** All kept drawings, the latest first. */
export function allKept(store: Store): Kept[] {
  const ids = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '').flatMap((key) => (key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : []))
  return ids.flatMap((id) => readKept(store, id) ?? []).toSorted((a, b) => b.savedMs - a.savedMs)
}

/** The drawing to go on with after a reload, unless the address asks for something else. */
export function lastKept(store: Store | undefined, hash: string): Kept | undefined {
  const link = readLink(hash)
  const id = store?.getItem(LAST)
  if (!store || !id || link.share !== undefined || link.tryIndex !== undefined) return undefined
  const kept = readKept(store, id)
  return link.scenario === undefined || link.scenario === kept?.scenario ? kept : undefined
}
