import { ArrowRight } from 'lucide-react'
import type { EditorStore } from '../../../editor/store.ts'
import type { Blueprint, BlueprintNode } from '../../../model/blueprint.ts'
import { Section } from '../../../ui/section.tsx'

/** Who calls a node and whom it calls; a press selects that line. */
export function NodeLines({ editor, blueprint, node }: { editor: EditorStore; blueprint: Blueprint; node: BlueprintNode }) {
  const lines = blueprint.edges.filter(({ from, to }) => from === node.id || to === node.id)
  const name = (id: string): string => blueprint.nodes.find((one) => one.id === id)?.label ?? id
  if (lines.length === 0) return null
  return (
    <Section title="Calls">
      <ul className="inspector-nodes">
        {lines.map(({ id, from, to }) => (
          <li key={id}>
            <button type="button" onClick={() => editor.getState().selectMany([id])}>
              <b>
                {name(from)} <ArrowRight size={13} role="img" aria-label="calls" /> {name(to)}
              </b>
              <span>{from === node.id ? 'out' : 'in'}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
