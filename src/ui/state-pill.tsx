import type { ReactNode } from 'react'
import { SwitchGlyph, type Tone } from './switch-glyph.tsx'
import './bits.css'

export interface StatePillProps {
  tone: Tone
  word: string
  /** Said after the word, as `1.4 s left`. */
  children?: ReactNode
}

/** A state in three ways at once: border, glyph and word. The colour is a fourth, for those who see it. */
export function StatePill({ tone, word, children }: StatePillProps) {
  return (
    <span className="ui-pill" data-tone={tone}>
      <SwitchGlyph tone={tone} />
      <b>{word}</b>
      {children === undefined ? null : <span className="ui-mono">{children}</span>}
    </span>
  )
}
