import { useId, type ReactNode } from 'react'

export interface SectionProps {
  title: string
  /** Stands at the end of the title's line. */
  aside?: ReactNode
  children: ReactNode
}

/** A part of the inspector under a title of its own. */
export function Section({ title, aside, children }: SectionProps) {
  const id = useId()
  return (
    <section className="inspector-section" aria-labelledby={id}>
      <div className="inspector-section-head">
        <h3 id={id}>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}

export interface FoldProps {
  title: string
  open?: boolean | undefined
  children: ReactNode
}

/** A part that stays folded until asked for. */
export function Fold({ title, open = false, children }: FoldProps) {
  return (
    <details className="inspector-fold" open={open}>
      <summary>{title}</summary>
      <div className="inspector-fold-body">{children}</div>
    </details>
  )
}
