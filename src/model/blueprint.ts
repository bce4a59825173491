import * as v from 'valibot'
import { listOf, shown } from '../patterns/fields.ts'
import type { Distribution } from '../sim/distribution.ts'
import { COORDINATE_MAX } from './grid.ts'

/** The version this build writes. Older ones are migrated, newer ones refused with a friendly message. */
export const SCHEMA_VERSION = 1
export const NODES_MAX = 1_000
export const EDGES_MAX = 4_000
export const REQUEST_TYPES_MAX = 256
export const DURATION_MS_MAX = 24 * 3_600_000
export const LABEL_MAX = 120
export const NOTES_MAX = 200
const NOTE_MAX = 1_000
/** Of faults, and of interventions. */
export const FAULTS_MAX = 1_000

const notA = (what: string) => (issue: { input: unknown }) =>
  issue.input === undefined ? `is missing: ${what} belongs here` : `${shown(issue.input)} is not ${what}`

/** Ids are keys of this project's own making: short, visible, and never a name that JavaScript gives a meaning to. */
const idSchema = v.pipe(
  v.string(notA('an id')),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, (issue) => `${shown(issue.input)} is not an id: use letters, digits, - and _, at most 64`),
  v.check((id) => !['constructor', 'prototype'].includes(id), (issue) => `${shown(issue.input)} is a reserved word; choose another id`),
)

const labelSchema = v.pipe(
  v.string(notA('a text')),
  v.maxLength(LABEL_MAX, (issue) => `${issue.input.length} characters are more than ${LABEL_MAX}`),
  v.check((text) => text.isWellFormed(), 'holds half a character (a lone surrogate); type it anew'),
  v.check((text) => !/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text), 'holds invisible control characters; type it anew'),
  v.check((text) => !/<\/?[a-z!?][^>]*>/i.test(text), (issue) => `${shown(issue.input)} holds markup; labels are plain text`),
  v.check((text) => text !== '__proto__', '"__proto__" is a reserved word; choose another label'),
)

/** Why a text cannot be a label, as a sentence without its subject; undefined when it can. */
export function whyNotLabel(text: string): string | undefined {
  const result = v.safeParse(labelSchema, text)
  return result.success ? undefined : result.issues[0].message
}

const finite = (min: number, max: number, what: string) =>
  v.pipe(
    v.number(notA(what)),
    v.finite((issue) => `${issue.input} is not ${what}`),
    v.minValue(min, (issue) => `${issue.input} is below ${min}`),
    v.maxValue(max, (issue) => `${issue.input} is above ${max}`),
  )

/** What JSON calls an object. A record schema would leave out keys such as `__proto__` without a word. */
const settings = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  notA('a group of settings'),
)

const percent = finite(0, 100, 'a percentage')
const timeMs = finite(0, DURATION_MS_MAX, 'a time in milliseconds')

const nodeSchema = v.strictObject({
  id: idSchema,
  kind: v.pipe(v.string(notA('a kind')), v.maxLength(64)),
  label: labelSchema,
  position: v.strictObject({ x: finite(-COORDINATE_MAX, COORDINATE_MAX, 'a coordinate'), y: finite(-COORDINATE_MAX, COORDINATE_MAX, 'a coordinate') }),
  /** Checked against the kind's own schema; missing settings take their defaults. */
  config: v.optional(settings, {}),
  /** Policies only: calls go past it, as if it were not there. */
  bypassed: v.optional(v.boolean(notA('true or false')), false),
}, notA('a node'))

const edgeSchema = v.strictObject({
  id: idSchema,
  from: idSchema,
  to: idSchema,
  /** Checked as a distribution by the parser; default 0 ms. */
  latency: v.optional(v.custom<Distribution>((value) => typeof value === 'object' && value !== null, notA('a distribution'))),
  lossPercent: v.optional(percent, 0),
  duplicatePercent: v.optional(percent, 0),
  reorderPercent: v.optional(percent, 0),
  reorderByMs: v.optional(finite(0, 60_000, 'a time in milliseconds'), 50),
  /** Request types that take this way; missing: all. */
  requestTypes: v.optional(listOf(labelSchema, 50, 'request types')),
}, notA('an edge'))

/** Which calls a fault strikes, for faults that strike calls one by one. Missing: all. */
const limits = {
  requestType: v.optional(labelSchema),
  times: v.optional(v.pipe(finite(1, 1e6, 'a count'), v.integer((issue) => `${issue.input} is not a whole number`))),
}

/** A fault that is planned. */
export const faultSchema = v.strictObject({
  node: idSchema,
  type: v.pipe(v.string(notA('a fault type')), v.maxLength(64)),
  fromMs: timeMs,
  /** Missing: for the rest of the run. */
  toMs: v.optional(timeMs),
  strength: v.optional(finite(0, 1e6, 'a number')),
  ...limits,
})

const interventionSchema = v.variant(
  'what',
  [
    v.strictObject({
      what: v.literal('fault'),
      atMs: timeMs,
      node: idSchema,
      type: v.pipe(v.string(notA('a fault type')), v.maxLength(64)),
      forMs: timeMs,
      strength: v.optional(finite(0, 1e6, 'a number')),
      ...limits,
    }),
    v.strictObject({
      what: v.literal('signal'),
      atMs: timeMs,
      node: idSchema,
      signal: v.pipe(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])), v.check((signal) => typeof signal['type'] === 'string', 'has no type')),
    }),
  ],
  notA('an intervention'),
)

/** Words on the canvas that nobody calls. */
const noteSchema = v.strictObject({
  id: idSchema,
  text: v.pipe(v.string(notA('a text')), v.maxLength(NOTE_MAX, (issue) => `${issue.input.length} characters are more than ${NOTE_MAX}`)),
  position: v.strictObject({ x: finite(-COORDINATE_MAX, COORDINATE_MAX, 'a coordinate'), y: finite(-COORDINATE_MAX, COORDINATE_MAX, 'a coordinate') }),
}, notA('a note'))

const beatSchema = v.strictObject({
  /** A time, or the nth time a node enters a state. */
  when: v.union(
    [v.strictObject({ atMs: timeMs }), v.strictObject({ node: idSchema, state: v.pipe(v.string(), v.maxLength(64)), nth: v.optional(finite(1, 1_000, 'a count'), 1) })],
    notA('a time or a change of state'),
  ),
  text: v.pipe(
    labelSchema,
    v.check((text) => text.trim().split(/\s+/).length <= 14, 'has more than 14 words'),
  ),
  spotlight: listOf(idSchema, 20, 'ids'),
  /** Number of the request that is followed from here on, as clients count them; 0: none any more. */
  follow: v.optional(v.pipe(finite(0, 1e9, 'a count'), v.integer((issue) => `${issue.input} is not a whole number`))),
})

/** One click from a lesson's surprise. */
const trySchema = v.variant(
  'action',
  [
    /** Run it without the node. */
    v.strictObject({ label: labelSchema, action: v.literal('bypass'), node: idSchema }),
    /** Show why the node changed state. */
    v.strictObject({ label: labelSchema, action: v.literal('why'), node: idSchema }),
    /** Run it with one setting changed. */
    v.strictObject({
      label: labelSchema,
      action: v.literal('set'),
      node: idSchema,
      field: v.pipe(v.string(), v.maxLength(64)),
      /** The way into a field that holds more than one value: `[2, "onUnknown"]`. */
      path: v.optional(listOf(v.union([v.pipe(v.string(), v.maxLength(64)), finite(0, 1_000, 'an index')]), 8, 'keys'), []),
      value: v.union([v.string(), v.number(), v.boolean()]),
    }),
  ],
  notA('bypass, why or set'),
)

const lessonSchema = v.strictObject({
  title: labelSchema,
  summary: labelSchema,
  protagonist: idSchema,
  beats: listOf(beatSchema, 20, 'beats'),
  tries: v.optional(listOf(trySchema, 6, 'tries'), []),
})

/** A drawing plus its run: the ground state from which everything else is derived. */
export const blueprintSchema = v.strictObject({
  schemaVersion: v.literal(SCHEMA_VERSION),
  name: v.optional(labelSchema, 'Untitled'),
  nodes: listOf(nodeSchema, NODES_MAX, 'nodes'),
  edges: listOf(edgeSchema, EDGES_MAX, 'edges'),
  faults: v.optional(listOf(faultSchema, FAULTS_MAX, 'faults'), []),
  interventions: v.optional(listOf(interventionSchema, FAULTS_MAX, 'interventions'), []),
  seed: v.optional(v.pipe(v.number(notA('a whole number')), v.safeInteger((issue) => `${issue.input} is not a whole number within ±2⁵³`)), 1),
  durationMs: v.optional(finite(1, DURATION_MS_MAX, 'a time in milliseconds'), 20_000),
  lesson: v.optional(lessonSchema),
  notes: v.optional(listOf(noteSchema, NOTES_MAX, 'notes')),
})

export type Blueprint = v.InferOutput<typeof blueprintSchema>
export type BlueprintNode = Blueprint['nodes'][number]
export type BlueprintEdge = Blueprint['edges'][number]
export type BlueprintFault = Blueprint['faults'][number]
export type Intervention = Blueprint['interventions'][number]
export type BlueprintNote = NonNullable<Blueprint['notes']>[number]
export type Lesson = NonNullable<Blueprint['lesson']>
export type Beat = Lesson['beats'][number]
