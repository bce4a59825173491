import type { GenericSchema } from 'valibot'
import { checkConfig } from '../../../model/parse.ts'
import { fieldMeta, type FieldMeta } from '../../../patterns/fields.ts'
import type { Pattern } from '../../../patterns/pattern.ts'

export type Config = Readonly<Record<string, unknown>>

/** A setting of a kind, as the form shows it. */
export interface Field {
  name: string
  meta: FieldMeta
}

/** What stands under a field. */
export interface Remark {
  text: string
  severity: 'error' | 'warning'
  /** It may stand in the drawing all the same: the node then does not start. */
  isLocal: boolean
}

/** The settings that apply to this config, those that matter first apart from the others. */
export function fieldsOf(pattern: Pattern, config: Config): { main: Field[]; others: Field[] } {
  const fields = Object.entries(pattern.schema.entries).flatMap(([name, schema]): Field[] => {
    const meta = fieldMeta(schema as GenericSchema)
    return meta && (meta.when?.(config) ?? true) ? [{ name, meta }] : []
  })
  return { main: fields.filter((field) => field.meta.main), others: fields.filter((field) => !field.meta.main) }
}

/** What is to be said about a field if it had this value; errors mean that it cannot have it. */
export function remarksOn(kind: string, config: Config, field: string, value: unknown): Remark[] {
  const { problems } = checkConfig(kind, { ...config, [field]: value }, 'config')
  const place = `config.${field}`
  return problems
    .filter(({ path }) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`))
    .map(({ path, message, severity, isLocal = false }) => {
      const inner = path.slice(place.length).replace(/^\./, '')
      return { text: inner === '' ? message : `${inner}: ${message}`, severity, isLocal }
    })
}

/** Whether a slider is of use: over orders of magnitude, or over few enough steps to hit one. */
export function hasSlider({ scale, min = 0, max = 0, step = 1 }: FieldMeta): boolean {
  return scale === 'log' || (max - min) / step <= 1_000
}

/** `2,500 ms` for a slider's hint to those who hear it. */
export function valueText(value: number, unit: string | undefined): string {
  return unit === undefined ? String(value) : `${value} ${unit}`
}
