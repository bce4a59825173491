import { createContext, useContext } from 'react'
import type { BlueprintNode } from '../../../model/blueprint.ts'

/** The node whose name is being typed, and where the typed name goes (undefined: never mind). */
export const RenamingContext = createContext<{ node: string | undefined; onRenamed: (node: string, label: string | undefined) => void }>({
  node: undefined,
  onRenamed: () => {},
})

const LABEL_MAX = 120

/** A node's name; while it is being renamed, a field. */
export function NodeName({ node }: { node: BlueprintNode }) {
  const { node: renaming, onRenamed } = useContext(RenamingContext)
  if (renaming !== node.id) return <span className="canvas-node-name" title={node.label}>{node.label}</span>
  return (
    <input
      className="canvas-node-rename nodrag"
      aria-label="Name"
      defaultValue={node.label}
      maxLength={LABEL_MAX}
      ref={(field) => {
        if (!field || field === document.activeElement) return
        field.focus({ preventScroll: true })
        field.select()
      }}
      onBlur={(event) => onRenamed(node.id, event.target.value)}
      onKeyDown={(event) => {
        // Neither the canvas nor the page has a use for keys meant for the name.
        event.stopPropagation()
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') onRenamed(node.id, undefined)
      }}
    />
  )
}
