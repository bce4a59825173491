import { createStore, type StoreApi } from 'zustand/vanilla'

export interface Draft {
  text: string
  /** The drawing's text when one began to type. */
  from: string
}

/** What was typed and is not drawn yet, by drawing as the editor counts them. */
export type DraftStore = StoreApi<Partial<Record<number, Draft>>>

export function createDraftStore(): DraftStore {
  return createStore<Partial<Record<number, Draft>>>()(() => ({}))
}
