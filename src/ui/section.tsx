import { useId, type ReactNode } from 'react'
import './bits.css'

export interface SectionProps {
  title: string
  /** Stands at the end of the title's line. */
  aside?: ReactNode
  children: ReactNode
}

/** A part of a panel under a title of its own. */
export function Section({ title, aside, children }: SectionProps) {
  const id = useId()
  return (
    <section className="ui-section" aria-labelledby={id}>
      <div className="ui-section-head">
        <h3 id={id}>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}
