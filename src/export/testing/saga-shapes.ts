import { sagaDefaults, type RetryPolicy, type SagaConfig, type SagaStep } from '../../patterns/saga/config.ts'

/** Every combination of what changes the shape of a saga's code; the first is the default. */
export function everySagaShape(): Partial<SagaConfig>[] {
  return [...product([UNDOING, RETRYING, UNKNOWN, REGISTERING, FAILING]), ...product([LIMITS, KEYS, LOGS, DEADLINES])]
}

function product(dimensions: readonly (readonly Change[])[]): Partial<SagaConfig>[] {
  let shapes: Partial<SagaConfig>[] = [{}]
  for (const dimension of dimensions) shapes = shapes.flatMap((shape) => dimension.map((change) => ({ ...shape, ...change(shape.steps ?? sagaDefaults.steps) })))
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

const UNDOING = [same, withoutPivot, withoutUndo]
const RETRYING = [same, once, retryEach({ jitter: 'full', nonRetryableErrors: ['declined', 'queue full', 'timeout'] })]
const UNKNOWN = [
  same, all({ onUnknown: 'query' }), all({ onUnknown: 'compensate' }),
  some({ onUnknown: 'compensate' }), some({ onUnknown: 'park' }), some({ onUnknown: 'query' }),
]
const REGISTERING: Change[] = [() => ({ register: 'before-action' }), () => ({ register: 'after-success' })]
const FAILING: Change[] = (['park', 'retry', 'continue', 'stop'] as const).map((onCompensationFailure) => () => ({ onCompensationFailure }))

const LIMITS = [same, some({ startToCloseMs: 700 }), withoutLimits, all({ scheduleToCloseMs: 5_000, onUnknown: 'query' })]
const KEYS = [same, all({ idempotencyKey: 'none' }), all({ idempotencyKey: 'attempt' }), some({ idempotencyKey: 'attempt' }), some({ idempotencyKey: 'none' })]
const LOGS: Change[] = [() => ({}), () => ({ logDurable: false }), () => ({ logWriteAhead: false })]
const DEADLINES: Change[] = [() => ({ deadlineMs: 0 }), () => ({ deadlineMs: 20_000 }), (steps) => ({ deadlineMs: 20_000, ...withoutPivot(steps) })]
