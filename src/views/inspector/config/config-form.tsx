import { useRef, useState } from 'react'
import type { EditorStore } from '../../../editor/store.ts'
import type { BlueprintNode } from '../../../model/blueprint.ts'
import type { Pattern } from '../../../patterns/pattern.ts'
import { patternPanels } from '../../../patterns/panels.tsx'
import { Section } from '../../../ui/section.tsx'
import { Fold } from '../fold.tsx'
import { fieldsOf, remarksOn, type Field, type Remark } from './config-edit.ts'
import { FieldRow } from './field-row.tsx'
import './config.css'

export interface ConfigFormProps {
  editor: EditorStore
  node: BlueprintNode
  pattern: Pattern
}

/** The node's settings, made from its kind's schema: the few that matter, then all others. A change runs at once. */
export function ConfigForm({ editor, node, pattern }: ConfigFormProps) {
  const [refused, setRefused] = useState<Readonly<Record<string, Remark[]>>>({})
  const { main, others } = fieldsOf(pattern, node.config)
  const edits = useRef(0)
  const change = (field: string, value: unknown) => {
    const errors = remarksOn(node.kind, node.config, field, value).filter(({ severity, isLocal }) => severity === 'error' && !isLocal)
    setRefused((former) => ({ ...former, [field]: errors }))
    if (errors.length > 0) return
    editor.getState().dispatch({ type: 'set-config', node: node.id, field, value }, `config ${node.id} ${field} ${edits.current}`)
  }
  const row = (field: Field) => (
    <FieldRow
      key={field.name}
      field={field}
      value={node.config[field.name]}
      config={node.config}
      OwnField={patternPanels[node.kind]?.OwnField}
      remarks={[...(refused[field.name] ?? []), ...remarksOn(node.kind, node.config, field.name, node.config[field.name])]}
      onChange={(value) => change(field.name, value)}
    />
  )
  // One drag or one stay in a field is one step of undo.
  const endEdit = () => {
    edits.current += 1
  }
  return (
    <Section title="Settings">
      <div className="config" onBlur={endEdit} onPointerUp={endEdit}>
        {main.map(row)}
        {others.length > 0 ? (
          <Fold title={`Advanced (${others.length})`}>
            <div className="config">{others.map(row)}</div>
          </Fold>
        ) : null}
      </div>
    </Section>
  )
}
