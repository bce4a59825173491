import { Tooltip } from './tooltip.tsx'
import './bits.css'

export interface ExplainedProps {
  /** What people call it. */
  term: string
  /** What it means, in a sentence or two. */
  text: string
}

/** A term that tells what it means on hover and on focus. */
export function Explained({ term, text }: ExplainedProps) {
  return (
    <Tooltip text={text}>
      <button type="button" className="ui-explained">
        {term}
      </button>
    </Tooltip>
  )
}
