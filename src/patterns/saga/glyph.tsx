import type { Look } from './looks.ts'
import './looks.css'

/** A look's drawing; the word stands beside it. */
export function Glyph({ look }: { look: Look }) {
  return (
    <svg className="saga-glyph" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <path d={look.glyph} />
    </svg>
  )
}

/** Glyph and word. */
export function Worded({ look, word = look.word }: { look: Look; word?: string }) {
  return (
    <span className="saga-worded" data-look={look.tone}>
      <Glyph look={look} />
      {word}
    </span>
  )
}
