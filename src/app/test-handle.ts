import type { EditorStore } from '../editor/store.ts'
import type { Player } from '../player/types.ts'
import type { Session } from './session/session.ts'

/** For browser tests and the curious: the page's own objects, and a promise for the moment when nothing is being computed. */
export interface TestHandle {
  player: Player
  editor: EditorStore
  whenIdle(): Promise<void>
}

declare global {
  interface Window {
    faultline?: TestHandle
  }
}

export function installTestHandle({ player, editor }: Session): void {
  window.faultline = { player, editor, whenIdle: () => player.whenIdle() }
}
