import type { ReactNode } from 'react'
import type * as v from 'valibot'
import { Choice } from '../../ui/choice.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { fieldMeta, type FieldMeta } from '../fields.ts'

/** What a limit is set to when it is switched on. */
const LIMIT_MS = 1_500

/** A name with the control that belongs to it. */
export function Labelled({ label, help, way, children }: { label: string; help?: string; way?: string | undefined; children: ReactNode }) {
  return (
    <div className="saga-step-field" title={help} data-way={way}>
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  )
}

export interface SchemaFieldProps {
  /** Whose setting it is; part of its accessible name. */
  of: string
  /** Its name in the config, so that people can be led to it. */
  way: string
  schema: v.GenericSchema | v.OptionalSchema<v.GenericSchema, undefined>
  value: unknown
  onChange: (value: unknown) => void
}

/** One setting of a step by its schema: a choice, a number, or a number that may be off. */
export function SchemaField({ of, way, schema, value, onChange }: SchemaFieldProps) {
  const isOptional = 'wrapped' in schema
  const meta = fieldMeta(isOptional ? schema.wrapped : schema)
  if (!meta) return null
  const name = `${of}: ${meta.label}`
  if (isOptional) return <LimitField name={name} way={way} meta={meta} value={value as number | undefined} onChange={onChange} />
  return (
    <Labelled label={meta.label} help={meta.help} way={way}>
      {meta.control === 'choice' ? (
        <Choice label={name} value={value as string} options={meta.options ?? []} onChange={onChange} />
      ) : (
        <NumberOf name={name} meta={meta} value={value as number} onChange={onChange} />
      )}
    </Labelled>
  )
}

function LimitField({ name, way, meta, value, onChange }: { name: string; way: string; meta: FieldMeta; value: number | undefined; onChange: (value: unknown) => void }) {
  return (
    <div className="saga-step-limit" title={meta.help} data-way={way}>
      <Toggle checked={value !== undefined} onChange={(isOn) => onChange(isOn ? LIMIT_MS : undefined)}>
        {meta.label}
      </Toggle>
      {value === undefined ? <span className="saga-step-help">no limit</span> : <NumberOf name={name} meta={meta} value={value} onChange={onChange} />}
    </div>
  )
}

function NumberOf({ name, meta, value, onChange }: { name: string; meta: FieldMeta; value: number; onChange: (value: unknown) => void }) {
  const { unit, min, max, step, whole } = meta
  return <NumberField label={name} {...{ unit, min, max, step, whole, value }} onCommit={onChange} />
}
