import type { MouseEvent } from 'react'
import type { Lesson } from '../../model/blueprint.ts'
import { useSlice } from '../../ui/use-slice.ts'
import { performTry, tryHref, type Try, type TryHands } from './tries.ts'

export interface TryChipsProps {
  hands: TryHands
  lesson: Lesson
  /** Tries that the card offers in another way just now. */
  hidden: Try['action'] | undefined
}

/** One click to each surprise of the lesson. Each chip is a link that can be copied and opens at the same place. */
export function TryChips({ hands, lesson, hidden }: TryChipsProps) {
  const scenario = useSlice(hands.editor, (state) => state.scenario)
  const onClick = (event: MouseEvent, entry: Try) => {
    // With a modifier it is the browser's: a new tab, a new window, a download.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void performTry(entry, hands)
  }
  return (
    <ul className="lesson-tries" aria-label="Try">
      {lesson.tries.map((entry, index) =>
        entry.action === hidden ? null : (
          <li key={entry.label}>
            <a href={tryHref(scenario ?? '', index)} onClick={(event) => onClick(event, entry)}>
              <span>Try</span> {entry.label}
            </a>
          </li>
        ),
      )}
    </ul>
  )
}
