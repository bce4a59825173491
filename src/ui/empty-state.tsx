import type { ReactNode } from 'react'
import './bits.css'

export interface EmptyStateProps {
  icon?: ReactNode
  title: string
  children?: ReactNode
}

/** What stands where nothing is yet: what would be here, and how to get it. */
export function EmptyState({ icon, title, children }: EmptyStateProps) {
  return (
    <div className="ui-empty">
      {icon}
      <p className="ui-empty-title">{title}</p>
      {children}
    </div>
  )
}
