import { useId, type ReactNode } from 'react'
import { Explained } from '../../ui/explained.tsx'
import { DEFINITIONS } from './definitions.ts'
import './panel.css'

/** A titled part of a projection's panel. */
export function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="cqrs-part" aria-labelledby={id}>
      <div className="cqrs-part-head">
        <h3 id={id}>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** A figure's name, which tells its definition and source. */
export function Defined({ figure }: { figure: keyof typeof DEFINITIONS }) {
  const { term, text } = DEFINITIONS[figure]
  return <Explained term={term} text={text} />
}
