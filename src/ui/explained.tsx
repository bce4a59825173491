import { useState } from 'react'
import { Tooltip } from './tooltip.tsx'
import './bits.css'

export interface ExplainedProps {
  /** What people call it. */
  term: string
  /** What it means, in a sentence or two. */
  text: string
}

/** A term that tells what it means on hover, on focus, and on a tap. */
export function Explained({ term, text }: ExplainedProps) {
  const [open, setOpen] = useState(false)
  return (
    <Tooltip text={text} open={open} onOpenChange={setOpen}>
      <button
        type="button"
        className="ui-explained"
        onFocus={({ currentTarget }) => whenScrolled(() => document.activeElement === currentTarget && currentTarget.matches(':focus-visible') && setOpen(true))}
        onClick={(event) => {
          // A click closes tooltips otherwise, and a finger has nothing else.
          event.preventDefault()
          setOpen(true)
        }}
      >
        {term}
      </button>
    </Tooltip>
  )
}

/** What gets the focus is scrolled into view, and scrolling closes tooltips: the frame after that is the time to open one. */
function whenScrolled(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act))
}
