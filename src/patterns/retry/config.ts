import * as v from 'valibot'
import { choiceField, countField, numberField, toggleField } from '../fields.ts'

export const retrySchema = v.strictObject({
  maximumAttempts: countField({
    label: 'Attempts', unit: 'calls', min: 1, max: 100, main: true,
    help: 'Calls at most, the first one included. Each further attempt is more load on something already in trouble.',
  }),
  initialIntervalMs: numberField({
    label: 'First wait', unit: 'ms', min: 0, max: 3_600_000, scale: 'log', main: true, help: 'Wait before the second attempt.',
  }),
  backoffCoefficient: numberField({
    label: 'Backoff', unit: '×', min: 1, max: 10, step: 0.1, main: true, help: 'Each wait is this many times the one before. 1: always the same.',
  }),
  maximumIntervalMs: numberField({ label: 'Longest wait', unit: 'ms', min: 0, max: 3_600_000, scale: 'log', help: 'No wait grows beyond this.' }),
  jitter: choiceField(
    [{ value: 'none', label: 'None' }, { value: 'full', label: 'Full' }, { value: 'equal', label: 'Half' }],
    { label: 'Jitter', help: 'Spreads the waits at random, so that callers do not come back all at once.' },
  ),
  retryOnRejected: toggleField({ label: 'Retry rejections', help: 'Also repeat calls that were refused at once, by a full queue or an open breaker.' }),
})

export type RetryConfig = v.InferOutput<typeof retrySchema>

export const retryDefaults: RetryConfig = {
  maximumAttempts: 3,
  initialIntervalMs: 100,
  backoffCoefficient: 2,
  maximumIntervalMs: 10_000,
  jitter: 'full',
  retryOnRejected: false,
}
