import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { Lesson } from '../../model/blueprint.ts'
import type { Player } from '../../player/types.ts'
import { IconButton } from '../../ui/button.tsx'
import { beatTimes, type BeatNow } from './beats.ts'
import { lookAhead } from './tries.ts'

export interface BeatLineProps {
  player: Player
  lesson: Lesson
  now: BeatNow | undefined
}

/** The present beat, how far the lesson is, and the way to the beats before and after. */
export function BeatLine({ player, lesson, now }: BeatLineProps) {
  const index = now?.index ?? -1
  const count = lesson.beats.length
  return (
    <div className="lesson-beat">
      <p className="lesson-text" aria-live="polite">{now?.beat.text ?? lesson.summary}</p>
      <div className="lesson-steps">
        <IconButton label="Previous beat" size="small" disabled={index <= 0} onClick={() => void goToBeat(player, lesson, index, -1)}>
          <ChevronLeft aria-hidden="true" />
        </IconButton>
        <span className="lesson-dots" aria-hidden="true">
          {lesson.beats.map((beat, step) => (
            <i key={beat.text} data-step={step < index ? 'past' : step === index ? 'now' : 'to-come'} />
          ))}
        </span>
        <span className="lesson-step">{`${Math.max(1, index + 1)} of ${count}`}</span>
        <IconButton label="Next beat" size="small" disabled={index >= count - 1} onClick={() => void goToBeat(player, lesson, index, 1)}>
          <ChevronRight aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  )
}

/** Moves the playhead to the nearest beat in a direction that fires; keeps playing if it was. */
async function goToBeat(player: Player, lesson: Lesson, from: number, direction: 1 | -1): Promise<void> {
  const wasPlaying = player.getState().status === 'playing'
  const find = (times: readonly (number | undefined)[]): number | undefined => {
    for (let index = from + direction; index >= 0 && index < times.length; index += direction) {
      if (times[index] !== undefined) return times[index]
    }
    return undefined
  }
  const { transitions } = player.getState()
  const times = beatTimes(lesson, transitions)
  const nextIsKnown = times[from + direction] !== undefined
  const target = nextIsKnown || direction < 0 ? find(times) : await lookAhead(player, (all) => find(beatTimes(lesson, all)))
  if (target === undefined) return
  player.seek(target)
  if (wasPlaying) player.play()
}
