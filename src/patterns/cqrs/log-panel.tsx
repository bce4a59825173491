import { Send } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import type { PanelProps } from '../view.tsx'
import './panel.css'

/** Who reads the log without a publisher between: an edge that can be expanded into one. */
export function EventLogPanel({ node, drawing, onInsert }: PanelProps) {
  const projectors = new Map(drawing.nodes.flatMap(({ id, kind, label }) => (kind === 'projector' ? [[id, label] as const] : [])))
  const direct = drawing.edges.flatMap(({ id, from, to }) => (from === node.id && projectors.has(to) ? [{ id, label: projectors.get(to) }] : []))
  if (direct.length === 0) return null
  return (
    <Section title="Publisher">
      {direct.map(({ id, label }) => (
        <div key={id} className="cqrs-measure">
          <p className="cqrs-quiet">The log tells {label} itself: here the publisher is no more than a line.</p>
          <Button size="small" icon={<Send aria-hidden="true" />} onClick={() => onInsert(id, ['publisher'])}>
            Expand the publisher
          </Button>
        </div>
      ))}
    </Section>
  )
}
