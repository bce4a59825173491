import { BoxSelect } from 'lucide-react'
import type { ReactNode } from 'react'
import { EmptyState } from '../../../ui/empty-state.tsx'

/** What there is to say about several at once. */
export function ManySelected({ count, suggested }: { count: number; suggested: ReactNode }) {
  return (
    <div className="inspector">
      <EmptyState icon={<BoxSelect aria-hidden="true" size={28} />} title={`${count} selected`}>
        <p>Drag or arrow keys move them together. Their menu aligns, copies and removes them.</p>
        <div className="inspector-actions">{suggested}</div>
      </EmptyState>
    </div>
  )
}
