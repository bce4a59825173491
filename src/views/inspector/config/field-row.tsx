import { Code } from 'lucide-react'
import { useId } from 'react'
import type { FieldMeta } from '../../../patterns/fields.ts'
import type { PatternPanels } from '../../../patterns/view.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { Choice } from '../../../ui/choice.tsx'
import { NumberField } from '../../../ui/number-field.tsx'
import { Slider } from '../../../ui/slider.tsx'
import { Toggle } from '../../../ui/toggle.tsx'
import { hasSlider, valueText, type Field, type Remark } from './config-edit.ts'
import { DistributionField } from './distribution-field.tsx'
import { PerTypeField } from './per-type-field.tsx'
import { RequestTypesField } from './request-types-field.tsx'
import { TextField } from '../../../ui/text-field.tsx'

export interface FieldRowProps {
  field: Field
  value: unknown
  /** The whole config, and the kind's editor for its own controls. */
  config: unknown
  OwnField: PatternPanels['OwnField']
  remarks: readonly Remark[]
  /** The constant in the code that this setting is. */
  constant: string | undefined
  onShowInCode: (constant: string) => void
  /** With a value that may break the rules; whoever gets it checks. */
  onChange: (value: unknown) => void
}

/** One setting: label, control, one line of help, and what is wrong with it. */
export function FieldRow({ field, value, config, OwnField, remarks, constant, onShowInCode, onChange }: FieldRowProps) {
  const { meta } = field
  const helpId = useId()
  const isWide = ['distribution', 'list', 'per-type', 'own'].includes(meta.control)
  return (
    <div className="config-row" data-wide={isWide || undefined} data-way={field.name}>
      {meta.control === 'toggle' ? null : <Label text={meta.label} constant={constant} onShowInCode={onShowInCode} />}
      <Control name={field.name} {...{ meta, value, helpId, config, OwnField, onChange }} />
      <p id={helpId} className="config-help">
        {meta.help}
      </p>
      {remarks.map((remark) => (
        <p key={remark.text} className="config-remark" data-severity={remark.severity} role="status">
          {remark.text}
        </p>
      ))}
    </div>
  )
}

function Label({ text, constant, onShowInCode }: { text: string } & Pick<FieldRowProps, 'constant' | 'onShowInCode'>) {
  return (
    <span className="config-label">
      {text}
      {constant === undefined ? null : (
        <span className="config-in-code">
          <IconButton size="small" label={`${constant} in the code`} onClick={() => onShowInCode(constant)}>
            <Code />
          </IconButton>
        </span>
      )}
    </span>
  )
}

interface ControlProps {
  name: string
  config: unknown
  OwnField: PatternPanels['OwnField']
  meta: FieldMeta
  value: unknown
  helpId: string
  onChange: (value: unknown) => void
}

/** The control for a kind of setting. What a checked config holds has the type its control says. */
function Control({ name, meta, value, helpId, config, OwnField, onChange }: ControlProps) {
  switch (meta.control) {
    case 'number':
      return <NumberControl meta={meta} value={value as number} helpId={helpId} onChange={onChange} />
    case 'choice':
      return <Choice label={meta.label} describedBy={helpId} value={value as string} options={meta.options ?? []} onChange={onChange} />
    case 'toggle':
      return (
        <Toggle checked={value as boolean} describedBy={helpId} onChange={onChange}>
          {meta.label}
        </Toggle>
      )
    case 'text':
      return <TextField label={meta.label} describedBy={helpId} value={value as string} onCommit={onChange} />
    case 'distribution':
      return <DistributionField label={meta.label} value={value as never} onChange={onChange} />
    case 'list':
      return <RequestTypesField value={value as never} onChange={onChange} />
    case 'per-type':
      return <PerTypeField value={value as never} onChange={onChange} />
    case 'own':
      return OwnField ? <OwnField field={name} config={config} value={value} describedBy={helpId} onChange={onChange} /> : null
  }
}

function NumberControl({ meta, value, helpId, onChange }: Pick<ControlProps, 'meta' | 'helpId' | 'onChange'> & { value: number }) {
  const { label, unit, min = 0, max = 0, step, whole, scale = 'linear' } = meta
  const sliderStep = step ?? (whole || scale === 'linear' ? 1 : 0.001)
  return (
    <>
      <NumberField {...{ label, unit, min, max, step, whole, value }} describedBy={helpId} onCommit={onChange} />
      {hasSlider(meta) ? (
        <Slider {...{ label, min, max, scale, value }} step={sliderStep} text={(shown) => valueText(shown, unit)} onChange={onChange} />
      ) : null}
    </>
  )
}
