import * as v from 'valibot'
import { OPERATION_STEPS_MAX } from '../../sim/operation.ts'
import { REASON_WORDS } from '../../sim/record.ts'
import { choiceField, countField, distributionField, distributionSchema, listOf, numberField, shown, toggleField, type FieldMeta } from '../fields.ts'

const HOUR_MS = 3_600_000
/** A saga's steps are numbered within its operations. */
export const STEPS_MAX = OPERATION_STEPS_MAX - 1
/** What an attempt may fail with, in words; the empty word, for none, is not among them. */
export const ERROR_WORDS = REASON_WORDS.slice(1)

const nameSchema = v.pipe(
  v.string((issue) => `${shown(issue.input)} is not a name`),
  v.nonEmpty('is empty: a name belongs here'),
  v.maxLength(60, (issue) => `${issue.input.length} characters are more than 60`),
)

/** Left out: no limit. */
const limitMs = (label: string, help: string) => v.optional(numberField({ label, help, unit: 'ms', min: 1, max: 24 * HOUR_MS }))

/** Names and meaning are Temporal's, with the unit last. */
export const retrySchema = v.strictObject({
  initialIntervalMs: numberField({ label: 'First wait', unit: 'ms', min: 0, max: HOUR_MS, help: 'Wait before the second attempt. 0: at once.' }),
  backoffCoefficient: numberField({ label: 'Backoff', unit: '×', min: 1, max: 10, step: 0.1, help: 'Each wait is this many times the one before.' }),
  maximumIntervalMs: numberField({ label: 'Longest wait', unit: 'ms', min: 0, max: HOUR_MS, help: 'No wait grows beyond this.' }),
  maximumAttempts: countField({ label: 'Attempts', unit: 'calls', min: 0, max: 1_000, help: 'At most, the first one included. 0: without end.' }),
  jitter: choiceField([{ value: 'none', label: 'None' }, { value: 'full', label: 'Full' }], { label: 'Jitter', help: 'Spreads the waits at random.' }),
  nonRetryableErrors: v.pipe(
    listOf(v.picklist(ERROR_WORDS, (issue) => `${shown(issue.input)} is not one of ${ERROR_WORDS.join(', ')}`), 20, 'errors'),
    v.check((words) => new Set(words).size === words.length, 'names an error twice'),
  ),
})

const compensationSchema = v.strictObject({
  name: nameSchema,
  startToCloseMs: limitMs('Start to close', 'Longest time for one attempt. Left out: for ever.'),
  /** It runs inside the orchestrator and takes this long. */
  local: v.optional(distributionSchema),
  retry: retrySchema,
})

export const stepSchema = v.strictObject({
  name: nameSchema,
  kind: choiceField(
    [
      { value: 'compensatable', label: 'Compensatable' }, { value: 'pivot', label: 'Pivot' },
      { value: 'retriable', label: 'Retriable' }, { value: 'query', label: 'Query' },
    ],
    { label: 'Kind', help: 'Can be undone, decides, cannot fail for good, or only asks.' },
  ),
  /** It runs inside the orchestrator and takes this long; left out: it calls a participant. */
  local: v.optional(distributionSchema),
  startToCloseMs: limitMs('Start to close', 'Longest time for one attempt; then nobody knows whether it happened. Left out: for ever.'),
  scheduleToCloseMs: limitMs('Schedule to close', 'Longest time for all attempts together. Left out: for ever.'),
  retry: retrySchema,
  onUnknown: choiceField(
    [
      { value: 'retry-same-key', label: 'Ask again' }, { value: 'query', label: 'Ask for its status' },
      { value: 'compensate', label: 'Compensate' }, { value: 'park', label: 'Park' },
    ],
    { label: 'When unknown', help: 'What to do when nobody knows whether an attempt happened.' },
  ),
  idempotencyKey: choiceField(
    [{ value: 'operation', label: 'Of the operation' }, { value: 'none', label: 'None' }, { value: 'attempt', label: 'Of the attempt' }],
    { label: 'Idempotency key', help: 'By what a participant tells a repetition.' },
  ),
  effect: choiceField(
    [
      { value: 'none', label: 'None' }, { value: 'reserve-stock', label: 'Reserves stock' },
      { value: 'charge', label: 'Charges' }, { value: 'ship', label: 'Ships' },
    ],
    { label: 'Effect', help: 'What it means in the ledger.' },
  ),
  compensation: v.optional(compensationSchema),
})

const stepsMeta: FieldMeta = { label: 'Steps', help: 'In this order; undone in the reverse one.', control: 'own', main: true }

/** Settings of the saga orchestrator. */
export const sagaSchema = v.strictObject({
  steps: v.pipe(listOf(stepSchema, STEPS_MAX, 'steps'), v.minLength(1, 'needs at least one step'), v.metadata({ ...stepsMeta })),
  register: choiceField(
    [{ value: 'before-action', label: 'Before the action' }, { value: 'after-success', label: 'After its success' }],
    { label: 'Compensation counts', main: true, help: 'When a step becomes one that a rollback undoes. After its success: what is unknown is left behind.' },
  ),
  deduplicate: toggleField({ label: 'Barrier: no repeats', help: 'Participants work on no operation twice.' }),
  nullCompensation: toggleField({ label: 'Barrier: no empty undo', help: 'Participants undo nothing that was never done.' }),
  antiHanging: toggleField({ label: 'Barrier: no late action', help: 'Participants do nothing that was undone already.' }),
  onCompensationFailure: choiceField(
    [
      { value: 'retry', label: 'Retry for ever' }, { value: 'park', label: 'Park after its retries' },
      { value: 'continue', label: 'Skip it, go on' }, { value: 'stop', label: 'Stop at the first failure' },
    ],
    { label: 'When undoing fails', main: true, help: 'All but the first end as parked: the rollback is incomplete, and people must look.' },
  ),
  deadlineMs: numberField({
    label: 'Deadline', unit: 'ms', min: 0, max: 24 * HOUR_MS,
    help: 'For the whole saga. Before the pivot it aborts, after it there is only an alarm. 0: none.',
  }),
  logDurable: toggleField({ label: 'Log survives crashes', help: 'Off: after a crash every saga starts again from its beginning.' }),
  logWriteAhead: toggleField({ label: 'Log before sending', help: 'Off: after a crash nobody remembers what may have been sent.' }),
  crashesPerSecond: numberField({ label: 'Crashes', unit: '/s', min: 0, max: 100, step: 0.01, help: 'Of the orchestrator, per second of work, at random. 0: none.' }),
  restartMs: numberField({ label: 'Restart', unit: 'ms', min: 0, max: HOUR_MS, scale: 'log', help: 'How long it is down after such a crash.' }),
  price: numberField({ label: 'Price', unit: '€', min: 0, max: 1_000_000, help: 'What one order charges, for the ledger.' }),
  initialStock: countField({ label: 'Stock', unit: 'items', min: 0, max: 100_000_000, scale: 'log', help: 'Items on hand when the run begins; each order takes one.' }),
})

/** Inferred from {@link sagaSchema}. */
export type SagaConfig = v.InferOutput<typeof sagaSchema>
export type SagaStep = SagaConfig['steps'][number]
export type SagaCompensation = NonNullable<SagaStep['compensation']>
export type RetryPolicy = SagaStep['retry']

const retry: RetryPolicy = {
  initialIntervalMs: 200,
  backoffCoefficient: 2,
  maximumIntervalMs: 10_000,
  maximumAttempts: 3,
  jitter: 'none',
  nonRetryableErrors: ['declined'],
}
const forGood: RetryPolicy = { ...retry, maximumAttempts: 0 }
const asked = { startToCloseMs: 1_500, retry, onUnknown: 'retry-same-key', idempotencyKey: 'operation', effect: 'none' } as const

/** OrderSaga of the article this follows: reserve, charge, ship, complete. */
export const sagaDefaults: SagaConfig = {
  steps: [
    {
      ...asked, name: 'reserve_inventory', kind: 'compensatable', effect: 'reserve-stock',
      compensation: { name: 'release_inventory', startToCloseMs: 1_500, retry: forGood },
    },
    {
      ...asked, name: 'charge_customer', kind: 'compensatable', effect: 'charge',
      compensation: { name: 'refund_customer', startToCloseMs: 1_500, retry: forGood },
    },
    { ...asked, name: 'ship_order', kind: 'pivot', effect: 'ship', retry: forGood },
    { ...asked, name: 'complete_order', kind: 'retriable', retry: forGood },
  ],
  register: 'before-action',
  deduplicate: true,
  nullCompensation: true,
  antiHanging: true,
  onCompensationFailure: 'park',
  deadlineMs: 0,
  logDurable: true,
  logWriteAhead: true,
  crashesPerSecond: 0,
  restartMs: 1_000,
  price: 100,
  initialStock: 1_000,
}

/** Settings of the log that sagas are written to. */
export const sagaLogSchema = v.strictObject({
  latency: distributionField({ label: 'Write', main: true, help: 'How long an entry takes to be safe.' }),
  errorPercent: numberField({ label: 'Writes that fail', unit: '%', min: 0, max: 100, main: true, help: 'Share of entries refused; whoever writes tries again.' }),
})

export type SagaLogConfig = v.InferOutput<typeof sagaLogSchema>

export const sagaLogDefaults: SagaLogConfig = { latency: { type: 'constant', ms: 0 }, errorPercent: 0 }
