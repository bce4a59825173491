import { useEffect, useMemo, useRef, useState } from 'react'
import type { EditorStore } from '../../../editor/store.ts'
import { generateSnippet, placesInCode, settingPlaces, targetFor } from '../../../export/index.ts'
import type { BlueprintNode } from '../../../model/blueprint.ts'
import type { Pattern } from '../../../patterns/pattern.ts'
import { patternPanels } from '../../../patterns/panels.tsx'
import { Section } from '../../../ui/section.tsx'
import { useSlice } from '../../../ui/use-slice.ts'
import type { CodeStore } from '../../code-store.ts'
import { Fold } from '../fold.tsx'
import { fieldsOf, remarksOn, type Field, type Remark } from './config-edit.ts'
import { FieldRow } from './field-row.tsx'
import { leadTo } from './lead-to.ts'
import './config.css'

export interface ConfigFormProps {
  editor: EditorStore
  node: BlueprintNode
  pattern: Pattern
  code: CodeStore
  /** Leads to a constant in the node's code. */
  onShowInCode: (constant: string) => void
}

/** The node's settings, made from its kind's schema: the few that matter, then all others. A change runs at once. */
export function ConfigForm({ editor, node, pattern, code, onShowInCode }: ConfigFormProps) {
  const [refused, setRefused] = useState<Readonly<Record<string, Remark[]>>>({})
  const { main, others } = fieldsOf(pattern, node.config)
  const edits = useRef(0)
  const constants = useConstants(editor, code, node)
  const form = useLed(code, node.id)
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
      constant={constants.get(field.name)}
      onShowInCode={onShowInCode}
      onChange={(value) => change(field.name, value)}
    />
  )
  // One drag or one stay in a field is one step of undo.
  const endEdit = () => {
    edits.current += 1
  }
  return (
    <Section title="Settings">
      <div ref={form} className="config" onBlur={endEdit} onPointerUp={endEdit}>
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

/** The constants of the node's code, by the setting that they come from; of several, the one that is the whole setting. */
function useConstants(editor: EditorStore, code: CodeStore, node: BlueprintNode): ReadonlyMap<string, string> {
  const wanted = useSlice(code, (state) => state.target)
  const blueprint = useSlice(editor, (state) => state.blueprint)
  return useMemo(() => {
    const target = targetFor(node.kind, wanted)
    const written = target && generateSnippet(blueprint, node.id, { target })
    const places = placesInCode(written?.code ?? '', settingPlaces(blueprint, node.id))
    const own = [...places].filter(([, place]) => place.node === node.id).toSorted(([, a], [, b]) => b.path.length - a.path.length)
    return new Map(own.map(([constant, { path }]) => [String(path[0]), constant]))
  }, [blueprint, node, wanted])
}

/** Takes whoever wants to be led to a setting of the node there. */
function useLed(code: CodeStore, node: string) {
  const form = useRef<HTMLDivElement>(null)
  const jump = useSlice(code, (state) => state.jump)
  useEffect(() => {
    if (!form.current || jump?.to !== 'setting' || jump.place.node !== node) return
    leadTo(form.current, jump.place.path)
    code.setState({ jump: undefined })
  }, [code, jump, node])
  return form
}
