import { sagaDefaults, type RetryPolicy, type SagaConfig, type SagaStep } from '../../patterns/saga/config.ts'

/** Every combination of what changes the shape of a saga's code; the first is the default. */
export function everySagaShape(): Partial<SagaConfig>[] {
  let shapes: Partial<SagaConfig>[] = [{}]
  for (const dimension of DIMENSIONS) shapes = shapes.flatMap((shape) => dimension.map((change) => ({ ...shape, ...change(shape.steps ?? sagaDefaults.steps) })))
  return shapes
}

type Change = (steps: SagaStep[]) => Partial<SagaConfig>

const all = (part: Partial<SagaStep>): Change => (steps) => ({ steps: steps.map((step) => ({ ...step, ...part })) })
const some = (part: Partial<SagaStep>): Change => (steps) => ({ steps: steps.map((step, index) => (index === 1 ? { ...step, ...part } : step)) })
const retryEach = (part: Partial<RetryPolicy>): Change => (steps) => ({ steps: steps.map((step) => ({ ...step, retry: { ...step.retry, ...part } })) })
const same: Change = () => ({})

const withoutUndo: Change = (steps) => ({ steps: steps.map((step) => ({ ...step, compensation: undefined })) })
const withoutPivot: Change = (steps) => ({ steps: steps.map((step) => ({ ...step, kind: 'compensatable' })) })
const withoutLimits: Change = (steps) => ({
  steps: steps.map((step) => ({
    ...step,
    startToCloseMs: undefined,
    compensation: step.compensation && { ...step.compensation, startToCloseMs: undefined },
  })),
})
const once: Change = (steps) => ({
  steps: steps.map((step) => ({
    ...step,
    retry: { ...step.retry, maximumAttempts: 1 },
    compensation: step.compensation && { ...step.compensation, retry: { ...step.compensation.retry, maximumAttempts: 1 } },
  })),
})

const DIMENSIONS: readonly (readonly Change[])[] = [
  [same, withoutPivot, withoutUndo],
  [same, some({ startToCloseMs: 700 }), withoutLimits],
  [same, once, retryEach({ jitter: 'full', nonRetryableErrors: ['declined', 'queue full', 'timeout'] })],
  [same, all({ onUnknown: 'query' }), some({ onUnknown: 'compensate' }), some({ onUnknown: 'park' }), some({ onUnknown: 'query' }), all({ onUnknown: 'compensate' })],
  [() => ({ register: 'before-action' }), () => ({ register: 'after-success' })],
  [() => ({ onCompensationFailure: 'park' }), () => ({ onCompensationFailure: 'retry' }), () => ({ onCompensationFailure: 'continue' }), () => ({ onCompensationFailure: 'stop' })],
]

/** Parts that combine with the rest as they stand: checked with a few shapes, not with all. */
export const SAGA_EXTRAS: readonly Partial<SagaConfig>[] = [
  { deadlineMs: 20_000 },
  { logDurable: false },
  { logWriteAhead: false },
  { ...some({ scheduleToCloseMs: 5_000 })(sagaDefaults.steps) },
  { deadlineMs: 20_000, ...all({ scheduleToCloseMs: 5_000, onUnknown: 'query' })(sagaDefaults.steps) },
  { deadlineMs: 20_000, logDurable: false, ...withoutPivot(sagaDefaults.steps) },
  { deadlineMs: 20_000, ...withoutLimits(sagaDefaults.steps) },
  { ...all({ scheduleToCloseMs: 5_000 })(withoutLimits(sagaDefaults.steps).steps ?? []) },
  { ...all({ idempotencyKey: 'none' })(sagaDefaults.steps) },
  { ...all({ idempotencyKey: 'attempt' })(sagaDefaults.steps) },
  { ...some({ idempotencyKey: 'attempt' })(sagaDefaults.steps) },
  { ...some({ idempotencyKey: 'none' })(sagaDefaults.steps), logWriteAhead: false },
  { deadlineMs: 1_000, logWriteAhead: false, ...once(sagaDefaults.steps), register: 'after-success' },
]
