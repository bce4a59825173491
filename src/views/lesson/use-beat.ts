import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { Lesson } from '../../model/blueprint.ts'
import type { Player } from '../../player/types.ts'
import { beatAt, type BeatNow } from './beats.ts'

/** The beat at the player's playhead; draws again only when it is another one. */
export function useBeat(player: Player, lesson: Lesson): BeatNow | undefined {
  const read = useMemo(() => {
    let last: BeatNow | undefined
    return () => {
      const { transitions, playheadUs } = player.getState()
      const now = beatAt(lesson, transitions, playheadUs)
      if (now?.index !== last?.index || now?.atUs !== last?.atUs) last = now
      return last
    }
  }, [lesson, player])
  const subscribe = useCallback((listener: () => void) => player.subscribe(listener), [player])
  return useSyncExternalStore(subscribe, read)
}
