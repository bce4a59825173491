import * as v from 'valibot'
import { choiceField, countField, distributionField, numberField } from '../../fields.ts'

export const eventLogSchema = v.strictObject({
  commitLatency: distributionField({ label: 'Commit', main: true, help: 'Time from an append to its commit.' }),
  sequence: choiceField(
    [{ value: 'commit-order', label: 'At the commit' }, { value: 'allocate-then-commit', label: 'Before the commit' }],
    { label: 'Position given', main: true, help: 'Before the commit, as database sequences do it: a later position may commit first, and leaves a gap meanwhile.' },
  ),
  rollbackPercent: numberField({
    label: 'Rollbacks', unit: '%', min: 0, max: 100, help: 'Share of appends that roll back. A position given before the commit is then a gap for ever.',
  }),
  maximumInFlight: countField({
    label: 'In flight', unit: 'events', min: 0, max: 100_000, scale: 'log',
    help: 'Events on the way to a reader that it has not handled yet; more wait in the log. 0: no limit, they are pushed.',
  }),
  redeliverMs: numberField({
    label: 'Deliver again', unit: 'ms', min: 0, max: 3_600_000, scale: 'log', help: 'After so long without an answer a reader gets its events again. 0: never.',
  }),
})

export type EventLogConfig = v.InferOutput<typeof eventLogSchema>

export const eventLogDefaults: EventLogConfig = {
  commitLatency: { type: 'constant', ms: 2 },
  sequence: 'commit-order',
  rollbackPercent: 0,
  maximumInFlight: 100,
  redeliverMs: 30_000,
}
