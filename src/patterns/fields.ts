import * as v from 'valibot'
import { plain } from '../base/plain.ts'
import type { Distribution } from '../sim/distribution.ts'

/** What the inspector, the help and the exported code's header know of a field, besides its bounds. */
export interface FieldMeta {
  label: string
  /** One line: what it does and what a larger value means. */
  help: string
  /** Shown after the number: `ms`, `%`, `/s`, `calls`. */
  unit?: string
  min?: number
  max?: number
  step?: number
  /** Whole numbers only. */
  whole?: boolean
  /** A slider over several orders of magnitude. */
  scale?: 'log'
  /** The two to four fields that matter first; everything else stands under Advanced. */
  main?: boolean
  /** Options of a choice with the words people read. */
  options?: readonly { value: string; label: string }[]
  /** `list`: what a client asks for; `per-type`: request types with times and errors; `own`: the kind brings its own editor. */
  control: 'number' | 'choice' | 'toggle' | 'text' | 'distribution' | 'list' | 'per-type' | 'own'
  /** Shown only while this holds for the rest of the config. */
  when?: (config: Readonly<Record<string, unknown>>) => boolean
}

type Described = Omit<FieldMeta, 'control'>

/** A finite number within `min` and `max`, both required: every number has bounds. Messages name value and rule. */
export function numberField(meta: Described & { min: number; max: number }) {
  const withControl: FieldMeta = { ...meta, control: 'number' }
  return v.pipe(
    v.number((issue) => `${shown(issue.input)} is not a number`),
    v.check((value) => Number.isFinite(value), 'must be a finite number'),
    v.check((value) => !meta.whole || Number.isInteger(value), (issue) => `${issue.input} is not a whole number`),
    v.minValue(meta.min, (issue) => `${issue.input} is below ${meta.min}`),
    v.maxValue(meta.max, (issue) => `${issue.input} is above ${meta.max}`),
    v.metadata({ ...withControl }),
  )
}

/** A whole number; see {@link numberField}. */
export function countField(meta: Described & { min: number; max: number }) {
  return numberField({ ...meta, whole: true })
}

/** One of a few words. */
export function choiceField<const T extends string>(options: readonly { value: T; label: string }[], meta: Described) {
  const withControl: FieldMeta = { ...meta, options, control: 'choice' }
  const words = options.map((option) => option.value)
  return v.pipe(
    v.picklist(words, (issue) => `${shown(issue.input)} is not one of ${words.join(', ')}`),
    v.metadata({ ...withControl }),
  )
}

/** On or off. */
export function toggleField(meta: Described) {
  const withControl: FieldMeta = { ...meta, control: 'toggle' }
  return v.pipe(v.boolean((issue) => `${shown(issue.input)} is not true or false`), v.metadata({ ...withControl }))
}

/** A short text; kept as data whatever it contains. */
export function textField(meta: Described & { maxLength: number }) {
  const withControl: FieldMeta = { ...meta, control: 'text' }
  return v.pipe(
    v.string((issue) => `${shown(issue.input)} is not a text`),
    v.maxLength(meta.maxLength, (issue) => `${issue.input.length} characters are more than ${meta.maxLength}`),
    v.metadata({ ...withControl }),
  )
}

/** A list of at most `max` entries; when there are more they are not looked at, so that a huge file is refused at once. */
export function listOf<const S extends v.GenericSchema>(item: S, max: number, noun: string) {
  return v.pipe(
    v.array(v.custom<v.InferInput<S>>(() => true), (issue) => `${shown(issue.input)} is not a list of ${noun}`),
    v.maxLength(max, (issue) => `${issue.input.length} ${noun} are more than ${max}`),
    v.array(item),
  )
}

const durationMs = numberField({ label: 'Time', help: 'Milliseconds.', unit: 'ms', min: 0, max: 86_400_000 })
const positiveMs = numberField({ label: 'Time', help: 'Milliseconds.', unit: 'ms', min: 0.001, max: 86_400_000 })
/** What may be written for a {@link Distribution}. */
export const distributionSchema = v.variant(
  'type',
  [
    v.strictObject({ type: v.literal('constant'), ms: durationMs }),
    v.strictObject({ type: v.literal('exponential'), meanMs: positiveMs }),
    v.pipe(
      v.strictObject({ type: v.literal('log-normal'), p50Ms: positiveMs, p99Ms: positiveMs }),
      v.check(({ p50Ms, p99Ms }) => p99Ms >= p50Ms, (issue) => `p99 of ${issue.input.p99Ms} ms is below p50 of ${issue.input.p50Ms} ms`),
    ),
    v.strictObject({
      type: v.literal('erlang'),
      stages: countField({ label: 'Stages', help: 'More stages, steadier times.', min: 1, max: 100 }),
      meanMs: positiveMs,
    }),
    v.strictObject({
      type: v.literal('hyperexponential'),
      firstPercent: numberField({ label: 'First', help: 'Share of the first path.', unit: '%', min: 0, max: 100 }),
      firstMeanMs: positiveMs,
      secondMeanMs: positiveMs,
    }),
    v.pipe(
      v.strictObject({ type: v.literal('uniform'), minMs: durationMs, maxMs: durationMs }),
      v.check(({ minMs, maxMs }) => maxMs >= minMs, (issue) => `from ${issue.input.minMs} ms to ${issue.input.maxMs} ms ends before it begins`),
    ),
    v.strictObject({
      type: v.literal('empirical'),
      valuesMs: v.pipe(listOf(durationMs, 10_000, 'values'), v.minLength(1, 'needs at least one value')),
    }),
  ],
  (issue) => `${shown(issue.input)} is not a known distribution`,
) satisfies v.GenericSchema<Distribution>

/** How long something takes; see {@link Distribution}. */
export function distributionField(meta: Described) {
  const withControl: FieldMeta = { ...meta, unit: 'ms', control: 'distribution' }
  return v.pipe(distributionSchema, v.metadata({ ...withControl }))
}

/** The metadata of one field's schema; undefined for a schema not made here. */
export function fieldMeta(schema: v.GenericSchema): FieldMeta | undefined {
  const meta: Record<string, unknown> = v.getMetadata(schema as Parameters<typeof v.getMetadata>[0])
  return 'control' in meta ? (meta as unknown as FieldMeta) : undefined
}

/** The metadata of what lies at a way into a field, as `[2, 'onUnknown']` into a list of steps; undefined where the way ends before. */
export function fieldMetaAt(schema: v.GenericSchema | undefined, path: readonly (string | number)[]): FieldMeta | undefined {
  const found = path.reduce(innerSchema, schema)
  return found && fieldMeta(found)
}

function innerSchema(schema: v.GenericSchema | undefined, key: string | number): v.GenericSchema | undefined {
  // The last part tells most: a list looks at its items only after it has counted them.
  const holder = schema && partsOf(schema).findLast((part) => 'entries' in part || 'item' in part)
  const found = holder && heldBy(holder, key)
  return found && 'wrapped' in found ? found.wrapped : found
}

function heldBy(holder: object, key: string | number): v.GenericSchema | v.OptionalSchema<v.GenericSchema, undefined> | undefined {
  if ('item' in holder) return typeof key === 'number' ? (holder.item as v.GenericSchema) : undefined
  const entries: unknown = Reflect.get(holder, 'entries')
  // A way comes from a file: `constructor` leads nowhere.
  return typeof entries === 'object' && entries !== null && Object.hasOwn(entries, key) ? Reflect.get(entries, key) : undefined
}

function partsOf(schema: object): object[] {
  return 'pipe' in schema ? (schema.pipe as object[]).flatMap(partsOf) : [schema]
}

/** A value as it may stand in a message: short and on one line. Objects are not spelled out: some cannot be. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return plain(typeof value === 'string' ? JSON.stringify(value.slice(0, 100)) : String(value), 40)
}
