import { safeParse } from 'valibot'
import { Trash2 } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import type { EdgeChange } from '../../../editor/commands.ts'
import type { EditorStore } from '../../../editor/store.ts'
import type { Blueprint, BlueprintEdge } from '../../../model/blueprint.ts'
import { typesThrough } from '../../../model/routes.ts'
import { distributionSchema } from '../../../patterns/fields.ts'
import { patterns } from '../../../patterns/index.ts'
import type { Distribution } from '../../../sim/distribution.ts'
import { Button } from '../../../ui/button.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { NumberField } from '../../../ui/number-field.tsx'
import { Section } from '../../../ui/section.tsx'
import { Toggle } from '../../../ui/toggle.tsx'
import { DistributionField } from '../config/distribution-field.tsx'
import '../config/config.css'

const AT_ONCE: Distribution = { type: 'constant', ms: 0 }

export interface EdgeInspectorProps {
  editor: EditorStore
  blueprint: Blueprint
  edge: BlueprintEdge
  /** Buttons for what one may want to do with this call. */
  suggested: ReactNode
}

/** Everything about the selected line: who calls whom, what protects the call, what the network does to it. */
export function EdgeInspector({ editor, blueprint, edge, suggested }: EdgeInspectorProps) {
  const name = (id: string): string => blueprint.nodes.find((node) => node.id === id)?.label ?? id
  const edits = useRef(0)
  const set = (change: EdgeChange) => {
    editor.getState().dispatch({ type: 'set-edge', edge: edge.id, change }, `line ${edge.id} ${Object.keys(change).join()} ${edits.current}`)
  }
  const endEdit = () => {
    edits.current += 1
  }
  return (
    <div className="inspector">
      <div className="inspector-top">
        <header className="inspector-header">
          <div className="inspector-title">
            <div className="inspector-name">
              <h2>{`${name(edge.from)} → ${name(edge.to)}`}</h2>
              <p>Call</p>
            </div>
          </div>
        </header>
        <div className="inspector-actions">
          {suggested}
          <EdgeActions editor={editor} edge={edge} />
        </div>
      </div>
      <Section title="On its way">
        <div className="config" onBlur={endEdit} onPointerUp={endEdit}>
          <LatencyRow value={edge.latency ?? AT_ONCE} onChange={(latency) => set({ latency: isAtOnce(latency) ? undefined : latency })} />
          {RISKS.map(({ field, label, unit, max, help }) => (
            <div key={field} className="config-row">
              <span className="config-label">{label}</span>
              <NumberField label={label} unit={unit} min={0} max={max} value={edge[field]} onCommit={(value) => set({ [field]: value })} />
              <p className="config-help">{help}</p>
            </div>
          ))}
        </div>
      </Section>
      <Types blueprint={blueprint} edge={edge} onChange={(requestTypes) => set({ requestTypes })} />
    </div>
  )
}

const RISKS = [
  { field: 'lossPercent', label: 'Lost', unit: '%', max: 100, help: 'Share of messages, calls and answers alike, that never arrive.' },
  { field: 'duplicatePercent', label: 'Doubled', unit: '%', max: 100, help: 'Share of calls that arrive twice.' },
  { field: 'reorderPercent', label: 'Held back', unit: '%', max: 100, help: 'Share of messages that others overtake.' },
  { field: 'reorderByMs', label: 'Held back for', unit: 'ms', max: 60_000, help: 'How much later those arrive.' },
] as const

function EdgeActions({ editor, edge }: Pick<EdgeInspectorProps, 'editor' | 'edge'>) {
  const insert = (kinds: readonly string[]) => editor.getState().dispatch({ type: 'insert', edge: edge.id, kinds })
  const policies = patterns.filter(({ role }) => role === 'policy')
  return (
    <>
      <Menu
        groups={[{ title: 'Put on this call', items: policies.map(({ kind, title, summary }) => ({ id: kind, label: title, hint: summary, onSelect: () => insert([kind]) })) }]}
        trigger={<button type="button" className="ui-button ui-button-plain ui-button-medium">Add policy</button>}
      />
      <Button icon={<Trash2 aria-hidden="true" />} onClick={() => editor.getState().dispatch({ type: 'remove', ids: [edge.id] })}>
        Remove
      </Button>
    </>
  )
}

function LatencyRow({ value, onChange }: { value: Distribution; onChange: (value: Distribution) => void }) {
  const [remark, setRemark] = useState<string>()
  const change = (next: Distribution) => {
    const result = safeParse(distributionSchema, next)
    setRemark(result.success ? undefined : result.issues[0].message)
    if (result.success) onChange(next)
  }
  return (
    <div className="config-row" data-wide>
      <span className="config-label">Latency</span>
      <DistributionField label="Latency" value={value} onChange={change} />
      <p className="config-help">Time a message takes, each way.</p>
      {remark === undefined ? null : (
        <p className="config-remark" data-severity="error" role="status">
          {remark}
        </p>
      )}
    </div>
  )
}

/** Which request types take this way. */
function Types({ blueprint, edge, onChange }: { blueprint: Blueprint; edge: BlueprintEdge; onChange: (types: string[]) => void }) {
  const known = [...new Set([...typesThrough(blueprint, edge.from), ...(edge.requestTypes ?? [])])]
  if (known.length < 2 && !edge.requestTypes) return null
  const chosen = new Set(edge.requestTypes ?? known)
  const toggle = (type: string, isOn: boolean) => {
    const next = known.filter((one) => (one === type ? isOn : chosen.has(one)))
    // None would be a line for nothing; all is the same as no choice.
    if (next.length > 0) onChange(next.length === known.length ? [] : next)
  }
  return (
    <Section title="Request types">
      <div className="config">
        {known.map((type) => (
          <Toggle key={type} checked={chosen.has(type)} onChange={(isOn) => toggle(type, isOn)}>
            {type}
          </Toggle>
        ))}
      </div>
    </Section>
  )
}

function isAtOnce(latency: Distribution): boolean {
  return latency.type === 'constant' && latency.ms === 0
}
