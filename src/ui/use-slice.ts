import { useCallback, useSyncExternalStore } from 'react'

/** Anything that has a state and says when it changed: the editor's store, the player. */
export interface Source<S> {
  getState(): S
  subscribe(listener: () => void): () => void
}

/** A part of a source's state; draws again only when that part is another. `pick` must not build new objects. */
export function useSlice<S, T>(source: Source<S>, pick: (state: S) => T): T {
  const subscribe = useCallback((listener: () => void) => source.subscribe(listener), [source])
  return useSyncExternalStore(subscribe, () => pick(source.getState()))
}
