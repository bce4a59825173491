import type { ReactNode } from 'react'

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
