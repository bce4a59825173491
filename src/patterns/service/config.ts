import * as v from 'valibot'
import { choiceField, countField, distributionField, distributionSchema, listOf, numberField, shown, type FieldMeta } from '../fields.ts'

const ownWork = v.strictObject({
  type: v.pipe(v.string((issue) => `${shown(issue.input)} is not a request type`), v.maxLength(120)),
  latency: distributionSchema,
  errorPercent: v.optional(numberField({ label: 'Errors', unit: '%', min: 0, max: 100, help: 'Share of calls of this type that fail.' }), 0),
})

const perTypeMeta: FieldMeta = {
  label: 'By request type',
  help: 'Types of calls that take another time, or fail more often, than the rest.',
  control: 'per-type',
}

export const serviceSchema = v.strictObject({
  workers: countField({
    label: 'Workers', unit: 'workers', min: 1, max: 5_000, scale: 'log', main: true,
    help: 'Calls worked on at the same time. A worker is held until the answer is out, also while it waits for others.',
  }),
  queueCapacity: countField({
    label: 'Queue', unit: 'calls', min: 0, max: 100_000, scale: 'log', main: true,
    help: 'Calls that may wait for a worker. When it is full, further calls are rejected at once.',
  }),
  latency: distributionField({ label: 'Own work', main: true, help: 'How long a worker is busy itself, before it calls others.' }),
  errorPercent: numberField({
    label: 'Errors', unit: '%', min: 0, max: 100, help: 'Share of calls that fail after the work is done.',
  }),
  perType: v.pipe(
    listOf(ownWork, 50, 'request types'),
    v.check((types) => new Set(types.map(({ type }) => type)).size === types.length, 'names a request type twice'),
    v.metadata({ ...perTypeMeta }),
  ),
  callOrder: choiceField(
    [{ value: 'sequential', label: 'One after another' }, { value: 'parallel', label: 'All at once' }],
    { label: 'Calls on', help: 'How it calls the services it is connected to, when there are several.' },
  ),
})

export type ServiceConfig = v.InferOutput<typeof serviceSchema>

export const serviceDefaults: ServiceConfig = {
  workers: 8,
  queueCapacity: 50,
  latency: { type: 'log-normal', p50Ms: 40, p99Ms: 150 },
  errorPercent: 0,
  perType: [],
  callOrder: 'sequential',
}
