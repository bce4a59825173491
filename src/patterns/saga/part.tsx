import { useId, type ReactNode } from 'react'
import './panel.css'

/** A titled part of the saga's panel. */
export function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="saga-part" aria-labelledby={id}>
      <div className="saga-part-head">
        <h3 id={id}>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}
