import type { MouseEvent } from 'react'
import type { Lesson } from '../../model/blueprint.ts'
import { useSlice } from '../../ui/use-slice.ts'
import type { EditorStore } from '../../editor/store.ts'
import { tryHref, type Try } from './tries.ts'

export interface TryChipsProps {
  editor: EditorStore
  onTry: (index: number) => void
  lesson: Lesson
  /** Tries that the card offers in another way just now. */
  hidden: Try['action'] | undefined
}

/** One click to each surprise of the lesson. Each chip is a link that can be copied and opens at the same place. */
export function TryChips({ editor, onTry, lesson, hidden }: TryChipsProps) {
  const scenario = useSlice(editor, (state) => state.scenario)
  const onClick = (event: MouseEvent, index: number) => {
    // With a modifier it is the browser's: a new tab, a new window, a download.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onTry(index)
  }
  return (
    <ul className="lesson-tries" aria-label="Try">
      {lesson.tries.map((entry, index) =>
        entry.action === hidden ? null : (
          <li key={entry.label}>
            <a href={tryHref(scenario ?? '', index)} onClick={(event) => onClick(event, index)}>
              <span>Try</span> {entry.label}
            </a>
          </li>
        ),
      )}
    </ul>
  )
}
