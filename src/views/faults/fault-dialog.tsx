import { useState } from 'react'
import { faultAt, type FaultPlace } from '../../editor/faults.ts'
import type { EditorStore } from '../../editor/store.ts'
import { DURATION_MS_MAX, type Blueprint, type BlueprintFault } from '../../model/blueprint.ts'
import { collectRequestTypes } from '../../model/request-types.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { breakable, ofType, onNode, remarksOn, specsOf } from './fault-draft.ts'
import './faults.css'

export interface FaultDialogProps {
  editor: EditorStore
  /** There must be a fault. */
  place: FaultPlace
  onClose: () => void
}

/** Everything about one fault, changed in one undoable step. */
export function FaultDialog({ editor, place, onClose }: FaultDialogProps) {
  const { blueprint, dispatch } = editor.getState()
  const [fault, setFault] = useState(() => faultAt(blueprint, place))
  if (!fault) return null
  const remarks = remarksOn(blueprint, fault)
  const leave = (run: () => void) => () => {
    onClose()
    run()
  }
  const words = specsOf(blueprint, fault.node).find(({ type }) => type === fault.type)?.words(fault.strength ?? 1)
  return (
    <Dialog
      open
      onClose={onClose}
      title="Change this fault"
      description={place.list === 'faults' ? 'It happens in every run of this drawing.' : 'Done by hand; it happens again in every run of this drawing.'}
      actions={
        <>
          <Button tone="danger" onClick={leave(() => dispatch({ type: 'remove-fault', place }))}>
            Remove
          </Button>
          <Button onClick={leave(() => dispatch({ type: 'duplicate-fault', place }))}>Duplicate</Button>
          <Button tone="primary" disabled={remarks.length > 0} onClick={leave(() => dispatch({ type: 'set-fault', place, fault }))}>
            Change
          </Button>
        </>
      }
    >
      <div className="faults-form">
        <What blueprint={blueprint} fault={fault} onChange={setFault} />
        <When fault={fault} mayLast={place.list === 'faults'} durationMs={blueprint.durationMs} onChange={setFault} />
        <Which blueprint={blueprint} fault={fault} onChange={setFault} />
        <p className="faults-said" role="status">
          {remarks.length > 0 ? remarks.join(' ') : `${nameOf(blueprint, fault.node)} ${words ?? fault.type}.`}
        </p>
      </div>
    </Dialog>
  )
}

interface PartProps {
  blueprint: Blueprint
  fault: BlueprintFault
  onChange: (fault: BlueprintFault) => void
}

/** What happens to whom, and how badly. */
function What({ blueprint, fault, onChange }: PartProps) {
  const specs = specsOf(blueprint, fault.node)
  const bounds = specs.find(({ type }) => type === fault.type)?.strength
  return (
    <>
      <div className="faults-row">
        <span>Node</span>
        <Choice label="Node" value={fault.node} options={breakable(blueprint).map(({ id }) => ({ value: id, label: nameOf(blueprint, id) }))} onChange={(node) => onChange(onNode(blueprint, fault, node))} />
      </div>
      <div className="faults-row">
        <span>Fault</span>
        <Choice label="Fault" value={fault.type} options={specs.map(({ type, label }) => ({ value: type, label }))} onChange={(type) => onChange(ofType(blueprint, fault, type))} />
      </div>
      {bounds ? (
        <div className="faults-row">
          <span>{bounds.label}</span>
          <NumberField {...bounds} value={fault.strength ?? bounds.default} onCommit={(strength) => onChange({ ...fault, strength })} />
        </div>
      ) : null}
    </>
  )
}

function When({ fault, mayLast, durationMs, onChange }: Omit<PartProps, 'blueprint'> & { mayLast: boolean; durationMs: number }) {
  const { toMs } = fault
  const seconds = { unit: 's', min: 0, max: DURATION_MS_MAX / 1_000, step: 0.1 }
  const inMs = (value: number): number => Math.round(value * 1e6) / 1_000
  return (
    <>
      <div className="faults-row">
        <span>From</span>
        <NumberField label="From" {...seconds} value={fault.fromMs / 1_000} onCommit={(value) => onChange({ ...fault, fromMs: inMs(value) })} />
      </div>
      {toMs === undefined ? null : (
        <div className="faults-row">
          <span>Until</span>
          <NumberField label="Until" {...seconds} value={toMs / 1_000} onCommit={(value) => onChange({ ...fault, toMs: inMs(value) })} />
        </div>
      )}
      {mayLast ? (
        <Toggle checked={toMs === undefined} onChange={(lasts) => onChange({ ...fault, toMs: lasts ? undefined : Math.max(fault.fromMs, durationMs) })}>
          For the rest of the run
        </Toggle>
      ) : null}
    </>
  )
}

const ALL = ''

/** Which calls, and how many of them, for faults that strike calls one by one. */
function Which({ blueprint, fault, onChange }: PartProps) {
  const spec = specsOf(blueprint, fault.node).find(({ type }) => type === fault.type)
  if (!spec?.perCall) return null
  const { requestType, times } = fault
  const types = [{ value: ALL, label: 'All calls' }, ...collectRequestTypes(blueprint.nodes).map((name) => ({ value: name, label: name }))]
  return (
    <>
      <div className="faults-row">
        <span>Strikes</span>
        <Choice label="Strikes" value={requestType ?? ALL} options={types} onChange={(name) => onChange({ ...fault, requestType: name === ALL ? undefined : name })} />
      </div>
      {times === undefined ? null : (
        <div className="faults-row">
          <span>At most</span>
          <NumberField label="At most" unit="calls" min={1} max={1e6} whole value={times} onCommit={(count) => onChange({ ...fault, times: count })} />
        </div>
      )}
      <Toggle checked={times !== undefined} onChange={(isLimited) => onChange({ ...fault, times: isLimited ? 1 : undefined })}>
        Only so many calls
      </Toggle>
    </>
  )
}

function nameOf({ nodes }: Blueprint, id: string): string {
  const label = nodes.find((node) => node.id === id)?.label ?? ''
  return label.trim() === '' ? id : label
}
