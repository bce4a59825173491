import * as v from 'valibot'
import { choiceField, countField, numberField, textField, toggleField } from '../fields.ts'

const HOUR_MS = 3_600_000

/** A breaker's settings. Names and meaning are resilience4j's, with the unit last; its own defaults stand in the help. */
export const breakerSchema = v.strictObject({
  slidingWindowType: choiceField(
    [{ value: 'COUNT_BASED', label: 'Last calls' }, { value: 'TIME_BASED', label: 'Last seconds' }],
    { label: 'Window', help: 'Judge by the last so many calls, or by the calls of the last so many seconds. resilience4j: calls.' },
  ),
  slidingWindowSize: countField({
    label: 'Window size', unit: 'calls or s', min: 1, max: 10_000, scale: 'log', main: true,
    help: 'Calls (or seconds) looked back on. Small reacts fast and trips by chance; large is calm and late. resilience4j: 100.',
  }),
  minimumNumberOfCalls: countField({
    label: 'Minimum calls', unit: 'calls', min: 1, max: 10_000, scale: 'log',
    help: 'Finished calls needed before the rates mean anything; until then it never opens. resilience4j: 100.',
  }),
  failureRateThreshold: numberField({
    label: 'Failure rate', unit: '%', min: 0.1, max: 100, step: 1, main: true,
    help: 'Opens when this share of the window failed, or more. Higher tolerates more. resilience4j: 50 %.',
  }),
  slowCallRateThreshold: numberField({
    label: 'Slow-call rate', unit: '%', min: 0.1, max: 100, step: 1,
    help: 'Opens when this share of the window was slow, or more, even if all succeeded. resilience4j: 100 %.',
  }),
  slowCallDurationThresholdMs: countField({
    label: 'Slow means over', unit: 'ms', min: 1, max: HOUR_MS, scale: 'log',
    help: 'A call that takes longer than this counts as slow; exactly this long does not. resilience4j: 60 s.',
  }),
  waitDurationInOpenStateMs: countField({
    label: 'Wait when open', unit: 'ms', min: 1, max: HOUR_MS, scale: 'log', main: true,
    help: 'How long calls are refused before probes may pass. Longer gives more rest and a later recovery. resilience4j: 60 s.',
  }),
  waitMultiplier: numberField({
    label: 'Wait grows by', unit: '×', min: 1, max: 10, step: 0.1,
    help: 'Each further opening without a close in between waits this many times longer. 1: always the same, as resilience4j does.',
  }),
  waitMaxMs: countField({
    label: 'Longest wait', unit: 'ms', min: 0, max: 24 * HOUR_MS, step: 1_000,
    help: 'A growing wait stops here. 0: no limit, as in resilience4j.', when: (config) => config['waitMultiplier'] !== 1,
  }),
  automaticTransitionFromOpenToHalfOpen: toggleField({
    label: 'Half-open by timer',
    help: 'Turns half-open when the wait ends. Off: stays open until the next call asks. resilience4j: off.',
  }),
  permittedNumberOfCallsInHalfOpenState: countField({
    label: 'Probes', unit: 'calls', min: 1, max: 1_000,
    help: 'Calls let through in one half-open period, in total: a finished probe makes no room for another. resilience4j: 10.',
  }),
  maxWaitDurationInHalfOpenStateMs: countField({
    label: 'Longest half-open', unit: 'ms', min: 0, max: HOUR_MS, step: 100,
    help: 'Ends a half-open period that reaches no verdict. 0: never, so one lost probe can block it for good. resilience4j: 0.',
  }),
  transitionToStateAfterWaitDuration: choiceField(
    [{ value: 'OPEN', label: 'Open again' }, { value: 'CLOSED', label: 'Close' }],
    {
      label: 'Then', help: 'Where an undecided half-open period leads. resilience4j: open again.',
      when: (config) => config['maxWaitDurationInHalfOpenStateMs'] !== 0,
    },
  ),
  initialState: choiceField(
    [
      { value: 'CLOSED', label: 'Closed' }, { value: 'OPEN', label: 'Open' }, { value: 'HALF_OPEN', label: 'Half-open' },
      { value: 'DISABLED', label: 'Disabled' }, { value: 'METRICS_ONLY', label: 'Metrics only' },
      { value: 'FORCED_OPEN', label: 'Forced open' },
    ],
    {
      label: 'Starts',
      help: 'State at the beginning of a run. Disabled lets all pass; metrics only counts but never opens. resilience4j: closed.',
    },
  ),
  fallbackOn: choiceField(
    [
      { value: 'none', label: 'Never' }, { value: 'rejected', label: 'When refused' },
      { value: 'rejected-or-failed', label: 'When refused or failed' },
    ],
    { label: 'Fallback', help: 'When callers get the fallback answer instead of an error. Not part of resilience4j’s breaker itself.' },
  ),
  fallbackMessage: textField({
    label: 'Fallback message', maxLength: 200, help: 'What the fallback answers; it appears in the code you take home.',
    when: (config) => config['fallbackOn'] !== 'none',
  }),
})

/** Inferred from {@link breakerSchema}. */
export type BreakerConfig = v.InferOutput<typeof breakerSchema>

/** Small numbers, so that everything can be watched within seconds. */
export const breakerDefaults: BreakerConfig = {
  slidingWindowType: 'COUNT_BASED',
  slidingWindowSize: 10,
  minimumNumberOfCalls: 10,
  failureRateThreshold: 50,
  slowCallRateThreshold: 100,
  slowCallDurationThresholdMs: 60_000,
  waitDurationInOpenStateMs: 2_500,
  waitMultiplier: 1,
  waitMaxMs: 0,
  automaticTransitionFromOpenToHalfOpen: false,
  permittedNumberOfCallsInHalfOpenState: 3,
  maxWaitDurationInHalfOpenStateMs: 0,
  transitionToStateAfterWaitDuration: 'OPEN',
  initialState: 'CLOSED',
  fallbackOn: 'rejected-or-failed',
  fallbackMessage: 'Fallback response',
}

/** Rules that concern several fields. They are warnings: the simulation does what resilience4j does with such settings. */
export function checkBreaker(config: BreakerConfig): { field: string; message: string; severity: 'error' | 'warning' }[] {
  const problems: { field: string; message: string }[] = []
  const { slidingWindowType, slidingWindowSize, minimumNumberOfCalls, waitMaxMs, waitDurationInOpenStateMs } = config
  if (slidingWindowType === 'COUNT_BASED' && minimumNumberOfCalls > slidingWindowSize) {
    problems.push({
      field: 'minimumNumberOfCalls',
      message: `${minimumNumberOfCalls} is above slidingWindowSize ${slidingWindowSize}; ${slidingWindowSize} is used`,
    })
  }
  if (config.waitMultiplier !== 1 && waitMaxMs > 0 && waitMaxMs < waitDurationInOpenStateMs) {
    problems.push({
      field: 'waitMaxMs',
      message: `${waitMaxMs} is below waitDurationInOpenStateMs ${waitDurationInOpenStateMs}; every wait is ${waitMaxMs} ms`,
    })
  }
  return problems.map((problem) => ({ ...problem, severity: 'warning' }))
}
