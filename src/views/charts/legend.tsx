import { useEffect, useRef, type ReactNode } from 'react'
import type { Player, PlayerState } from '../../player/types.ts'
import { follow } from '../../ui/throttle.ts'
import { writeText } from '../../ui/write-text.ts'

const VALUES_EVERY_MS = 200
/** Longer words do not fit beside others. */
const LETTERS_BESIDE_MAX = 10

export interface LegendProps {
  player: Player
  entries: readonly { key: string; word: string; swatch: ReactNode }[]
  /** The entries' values at the playhead, in words. Constant. */
  values: (state: PlayerState, playheadUs: number) => readonly string[]
}

/** What each band or line is, with its value at the playhead. Values are written past React. */
export function Legend({ player, entries, values }: LegendProps) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const show = () => {
      const texts = values(player.getState(), player.playheadUs())
      list.current?.querySelectorAll('b').forEach((element, index) => writeText(element, texts[index] ?? '–'))
    }
    return follow((listener) => player.subscribe(listener), show, VALUES_EVERY_MS)
  }, [player, values])
  return (
    <ul className="charts-legend" data-single={entries.some(({ word }) => word.length > LETTERS_BESIDE_MAX) || undefined} ref={list}>
      {entries.map((entry) => (
        <li key={entry.key}>
          {entry.swatch}
          <span>{entry.word}</span>
          <b className="ui-mono" />
        </li>
      ))}
    </ul>
  )
}
