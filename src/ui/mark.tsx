import './bits.css'

/** A drawing within 12 × 12, in the tone around it; the word stands beside it. */
export function Mark({ path }: { path: string }) {
  return (
    <svg className="ui-mark" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  )
}

/** Drawing and word in one tone. */
export function Worded({ look, word = look.word }: { look: { word: string; tone: string; glyph: string }; word?: string }) {
  return (
    <span className="ui-worded" data-tone={look.tone}>
      <Mark path={look.glyph} />
      {word}
    </span>
  )
}
