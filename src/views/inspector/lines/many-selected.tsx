import { BoxSelect } from 'lucide-react'
import { EmptyState } from '../../../ui/empty-state.tsx'

/** What there is to say about several at once. */
export function ManySelected({ count }: { count: number }) {
  return (
    <div className="inspector">
      <EmptyState icon={<BoxSelect aria-hidden="true" size={28} />} title={`${count} selected`}>
        <p>Drag or arrow keys move them together. Their menu aligns, copies and removes them.</p>
      </EmptyState>
    </div>
  )
}
