import type { Look } from './words.ts'
import './looks.css'

/** A drawing of {@link Look.glyph}; the word stands beside it. */
export function Glyph({ path }: { path: string }) {
  return (
    <svg className="cqrs-glyph" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  )
}

/** Glyph and word. */
export function Worded({ look, word = look.word }: { look: Look; word?: string }) {
  return (
    <span className="cqrs-worded" data-look={look.tone}>
      <Glyph path={look.glyph} />
      {word}
    </span>
  )
}
