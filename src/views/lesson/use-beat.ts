import type { Lesson } from '../../model/blueprint.ts'
import type { Player, PlayerState } from '../../player/types.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { beatAt, type BeatNow } from './beats.ts'

/** The beat at the player's playhead; draws again only when it is another one. */
export function useBeat(player: Player, lesson: Lesson): BeatNow | undefined {
  const find = ({ transitions, playheadUs }: PlayerState) => beatAt(lesson, transitions, playheadUs)
  const index = useSlice(player, (state) => find(state)?.index)
  const atUs = useSlice(player, (state) => find(state)?.atUs)
  const beat = index === undefined ? undefined : lesson.beats[index]
  if (index === undefined || atUs === undefined || !beat) return undefined
  return { index, beat, atUs, isLast: index === lesson.beats.length - 1 }
}
