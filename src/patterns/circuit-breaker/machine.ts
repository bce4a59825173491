import { US_PER_MS } from '../../base/time.ts'
import type { BreakerConfig } from './config.ts'
import { breakerParts, NOTHING, waitMsAt } from './parts.ts'
import type { BreakerContext } from './signals.ts'
import { emptyWindow, minimumCalls, type WindowShape } from './window.ts'

const { createStateConfig } = breakerParts

/** The numbers of a config as the chart's actions and guards take them. */
function numbersOf(config: BreakerConfig) {
  const window: WindowShape = { type: config.slidingWindowType, size: config.slidingWindowSize }
  const permits = config.permittedNumberOfCallsInHalfOpenState
  const probes: WindowShape = { type: 'COUNT_BASED', size: permits }
  const maxWaitMs = config.maxWaitDurationInHalfOpenStateMs
  return {
    window,
    probes,
    slow: { slowMs: config.slowCallDurationThresholdMs },
    wait: { waitMs: config.waitDurationInOpenStateMs, multiplier: config.waitMultiplier, maxMs: config.waitMaxMs },
    firstProbe: { permits, taken: 1, maxWaitMs },
    noProbe: { permits, taken: 0, maxWaitMs },
    closed: ratesOf(config, minimumCalls(window, config.minimumNumberOfCalls)),
    halfOpen: ratesOf(config, minimumCalls(probes, config.minimumNumberOfCalls)),
  }
}

type Numbers = ReturnType<typeof numbersOf>

function ratesOf(config: BreakerConfig, minimum: number) {
  return {
    minimum,
    failure: { percent: config.failureRateThreshold, minimum },
    slow: { percent: config.slowCallRateThreshold, minimum },
  }
}

/** Results are recorded and told of alike in every state that records. */
function resultsOf({ slow }: Numbers) {
  return {
    SUCCESS: { actions: [{ type: 'record', params: slow }, { type: 'publish', params: { event: 'SUCCESS' } }] },
    FAILURE: { actions: [{ type: 'record', params: slow }, { type: 'publish', params: { event: 'ERROR' } }] },
    IGNORED: { actions: { type: 'publish', params: { event: 'IGNORED_ERROR' } } },
  } as const
}

const REFUSED = { actions: ['countRefusal', 'refuse', { type: 'publish', params: { event: 'NOT_PERMITTED' } }] } as const

function closedState(numbers: Numbers) {
  const { closed, wait } = numbers
  const open = { type: 'open', params: wait } as const
  const failing = { type: 'publish', params: { event: 'FAILURE_RATE_EXCEEDED' } } as const
  const slowing = { type: 'publish', params: { event: 'SLOW_CALL_RATE_EXCEEDED' } } as const
  return createStateConfig({
    on: {
      ACQUIRE: { actions: 'permit' },
      ...resultsOf(numbers),
      FORCE: { guard: 'toHalfOpen', actions: 'refuseForce' },
    },
    // After every result, a success too: the rates are looked at once the call is in the window.
    always: [
      { guard: { type: 'bothRatesReached', params: closed }, target: 'OPEN', actions: [failing, slowing, open] },
      { guard: { type: 'failureRateReached', params: closed.failure }, target: 'OPEN', actions: [failing, open] },
      { guard: { type: 'slowCallRateReached', params: closed.slow }, target: 'OPEN', actions: [slowing, open] },
    ],
  })
}

function openState(numbers: Numbers, config: BreakerConfig) {
  const { firstProbe, noProbe } = numbers
  return createStateConfig({
    on: {
      ACQUIRE: [
        { guard: 'waitIsOver', target: 'HALF_OPEN', actions: [{ type: 'probe', params: firstProbe }, 'permit'] },
        REFUSED,
      ],
      ...resultsOf(numbers),
    },
    ...(config.automaticTransitionFromOpenToHalfOpen && {
      after: { waitInOpen: { target: 'HALF_OPEN', actions: { type: 'probe', params: noProbe } } },
    }),
  })
}

function halfOpenState(numbers: Numbers, config: BreakerConfig) {
  const { halfOpen, wait, window } = numbers
  const reopens = { target: 'OPEN', actions: { type: 'open', params: wait } } as const
  const closes = { target: 'CLOSED', actions: { type: 'close', params: window } } as const
  const limitMs = config.maxWaitDurationInHalfOpenStateMs
  return createStateConfig({
    on: {
      ACQUIRE: [{ guard: 'permitLeft', actions: ['takePermit', 'permit'] }, REFUSED],
      ...resultsOf(numbers),
      IGNORED: { actions: ['giveBackPermit', { type: 'publish', params: { event: 'IGNORED_ERROR' } }] },
      RELEASE: { actions: 'giveBackPermit' },
    },
    always: [
      { guard: { type: 'failureRateReached', params: halfOpen.failure }, ...reopens },
      { guard: { type: 'slowCallRateReached', params: halfOpen.slow }, ...reopens },
      { guard: { type: 'enoughCalls', params: { minimum: halfOpen.minimum } }, ...closes },
    ],
    ...(limitMs > 0 && { after: { [limitMs]: config.transitionToStateAfterWaitDuration === 'OPEN' ? reopens : closes } }),
  })
}

function metricsOnlyState(numbers: Numbers) {
  const { failure, slow } = numbers.closed
  const failing = { type: 'publish', params: { event: 'FAILURE_RATE_EXCEEDED' } } as const
  const slowing = { type: 'publish', params: { event: 'SLOW_CALL_RATE_EXCEEDED' } } as const
  return createStateConfig({
    on: {
      ACQUIRE: { actions: 'permit' },
      ...resultsOf(numbers),
      FORCE: [{ guard: 'toOpen', actions: 'refuseForce' }, { guard: 'toHalfOpen', actions: 'refuseForce' }],
      OPEN_FOR: { actions: 'refuseForce' },
      OPEN_UNTIL: { actions: 'refuseForce' },
    },
    always: [
      { guard: { type: 'failureRateReachedFirst', params: failure }, actions: ['tellFailureRate', failing] },
      { guard: { type: 'slowCallRateReachedFirst', params: slow }, actions: ['tellSlowCallRate', slowing] },
    ],
  })
}

function initialContext(config: BreakerConfig, { window, probes, wait }: Numbers): BreakerContext {
  const state = config.initialState
  // resilience4j starts these three as if they had been opened once.
  const attempts = state === 'OPEN' || state === 'HALF_OPEN' || state === 'FORCED_OPEN' ? 1 : 0
  const shapes: Partial<Record<typeof state, WindowShape>> = { HALF_OPEN: probes, DISABLED: NOTHING, FORCED_OPEN: NOTHING }
  const limitsMs: Partial<Record<typeof state, number>> = {
    OPEN: waitMsAt(attempts, wait),
    HALF_OPEN: config.maxWaitDurationInHalfOpenStateMs,
  }
  return {
    window: emptyWindow(shapes[state] ?? window),
    notPermitted: 0,
    permits: state === 'HALF_OPEN' ? probes.size : 0,
    attempts,
    sinceUs: 0,
    untilUs: (limitsMs[state] ?? 0) * US_PER_MS,
    failureRateTold: false,
    slowCallRateTold: false,
    evidence: 0,
  }
}

function buildBreakerMachine(config: BreakerConfig) {
  const numbers = numbersOf(config)
  const { window, wait, noProbe } = numbers
  const close = { type: 'close', params: window } as const
  return breakerParts.createMachine({
    id: 'circuitBreaker',
    context: () => initialContext(config, numbers),
    initial: config.initialState,
    states: {
      CLOSED: closedState(numbers),
      OPEN: openState(numbers, config),
      HALF_OPEN: halfOpenState(numbers, config),
      DISABLED: { on: { ACQUIRE: { actions: 'permit' } } },
      METRICS_ONLY: metricsOnlyState(numbers),
      FORCED_OPEN: { on: { ACQUIRE: { actions: ['countRefusal', 'refuse'] } } },
    },
    // By hand, from any state, into itself too: everything starts afresh. The states say which ways are closed.
    on: {
      FORCE: [
        { guard: 'toClosed', target: '.CLOSED', actions: close },
        { guard: 'toOpen', target: '.OPEN', actions: { type: 'open', params: wait } },
        { guard: 'toHalfOpen', target: '.HALF_OPEN', actions: { type: 'probe', params: noProbe } },
        { guard: 'toDisabled', target: '.DISABLED', actions: 'disable' },
        { guard: 'toMetricsOnly', target: '.METRICS_ONLY', actions: { type: 'watch', params: window } },
        { guard: 'toForcedOpen', target: '.FORCED_OPEN', actions: 'holdOpen' },
      ],
      OPEN_FOR: { target: '.OPEN', actions: 'openByHand' },
      OPEN_UNTIL: { target: '.OPEN', actions: 'openByHand' },
      RESET: { target: '.CLOSED', actions: [close, { type: 'publish', params: { event: 'RESET' } }] },
    },
  })
}

type BreakerMachine = ReturnType<typeof buildBreakerMachine>

const machines = new WeakMap<BreakerConfig, BreakerMachine>()

/**
 * The breaker as a chart, with the numbers of `config` written into it and no timer that the config does not use. The same
 * config object gives the same machine. Semantics: resilience4j's (2.4), except for two of its defects: there `reset()` leaves
 * timers of the state it left running, and a result that arrives in OPEN after DISABLED or FORCED_OPEN divides by zero.
 */
export function createBreakerMachine(config: BreakerConfig): BreakerMachine {
  const known = machines.get(config)
  if (known) return known
  const machine = buildBreakerMachine(config)
  machines.set(config, machine)
  return machine
}
