import { assign, setup } from 'xstate'
import { US_PER_MS, usToMs } from '../../base/time.ts'
import { packTotals, packWaitMs } from './evidence.ts'
import type { BreakerContext, BreakerEvent, BreakerSignal, BreakerState } from './signals.ts'
import { emptyWindow, ratePercent, recordCall, type WindowShape } from './window.ts'

/** A threshold, and the calls needed before it is looked at. */
export interface RateRule {
  percent: number
  minimum: number
}

/** How long OPEN lasts: the first wait, its growth from opening to opening, and where growth ends (0: nowhere). */
export interface WaitRule {
  waitMs: number
  multiplier: number
  maxMs: number
}

/** A half-open period: calls that may pass, how many of them pass at once, and how long it may last (0: for ever). */
export interface ProbeRule {
  permits: number
  taken: number
  maxWaitMs: number
}

/** No wait grows beyond ten years: times stay exact in microseconds. */
const LONGEST_WAIT_MS = 315_360_000_000
/** DISABLED and FORCED_OPEN record nothing. */
export const NOTHING: WindowShape = { type: 'COUNT_BASED', size: 0 }

/** The wait before the `attempts`-th opening's probes: whole milliseconds, cut off at every step, as resilience4j does. */
export function waitMsAt(attempts: number, { waitMs, multiplier, maxMs }: WaitRule): number {
  if (multiplier === 1) return waitMs
  let grown = waitMs
  for (let attempt = 1; attempt < attempts && grown < LONGEST_WAIT_MS; attempt += 1) {
    const next = Math.trunc(grown * multiplier)
    if (next === grown) break
    grown = next
  }
  return Math.min(grown, maxMs > 0 ? maxMs : LONGEST_WAIT_MS)
}

/** A timer carries no time: it is due when its state's own time ends. */
function timeOf(event: { readonly nowUs?: number }, context: BreakerContext): number {
  return event.nowUs ?? Math.max(context.sinceUs, context.untilUs)
}

/** What entering OPEN changes. The window stays: it is what opened the breaker, and late results still count in it. */
function openedUntil(context: BreakerContext, event: BreakerSignal, waitUs: number) {
  const sinceUs = timeOf(event, context)
  return { sinceUs, untilUs: sinceUs + waitUs, evidence: packTotals(context.window) }
}

function waitByHandUs(event: BreakerSignal): number {
  if (event.type === 'OPEN_FOR') return event.waitUs
  return event.type === 'OPEN_UNTIL' ? event.untilUs - event.nowUs : 0
}

/** What entering a state with an empty window of its own changes. */
function startedAfresh(context: BreakerContext, event: BreakerSignal, shape: WindowShape) {
  const sinceUs = timeOf(event, context)
  return { window: emptyWindow(shape), notPermitted: 0, sinceUs, untilUs: sinceUs, evidence: packTotals(context.window) }
}

function hasReached(count: number, calls: number, { percent, minimum }: RateRule): boolean {
  return calls >= minimum && calls > 0 && ratePercent(count, calls) >= Math.fround(percent)
}

function asksFor(event: BreakerSignal, state: BreakerState): boolean {
  return event.type === 'FORCE' && event.to === state
}

/**
 * The breaker's guards, actions and delays by name. Numbers come as params from the chart (`machine.ts`), so nothing here
 * depends on a config. Actions without a body are effects: whoever runs the machine carries them out.
 */
export const breakerParts = setup({
  types: {} as { context: BreakerContext; events: BreakerSignal },
  delays: {
    waitInOpen: ({ context }) => usToMs(Math.max(0, context.untilUs - context.sinceUs)),
  },
  guards: {
    failureRateReached: ({ context }, rule: RateRule) => hasReached(context.window.failed, context.window.calls, rule),
    slowCallRateReached: ({ context }, rule: RateRule) => hasReached(context.window.slow, context.window.calls, rule),
    bothRatesReached: ({ context: { window } }, { failure, slow }: { failure: RateRule; slow: RateRule }) =>
      hasReached(window.failed, window.calls, failure) && hasReached(window.slow, window.calls, slow),
    failureRateReachedFirst: ({ context }, rule: RateRule) =>
      !context.failureRateTold && hasReached(context.window.failed, context.window.calls, rule),
    slowCallRateReachedFirst: ({ context }, rule: RateRule) =>
      !context.slowCallRateTold && hasReached(context.window.slow, context.window.calls, rule),
    enoughCalls: ({ context }, { minimum }: { minimum: number }) => context.window.calls >= minimum,
    waitIsOver: ({ context, event }) => timeOf(event, context) > context.untilUs,
    permitLeft: ({ context }) => context.permits > 0,
    toClosed: ({ event }) => asksFor(event, 'CLOSED'),
    toOpen: ({ event }) => asksFor(event, 'OPEN'),
    toHalfOpen: ({ event }) => asksFor(event, 'HALF_OPEN'),
    toDisabled: ({ event }) => asksFor(event, 'DISABLED'),
    toMetricsOnly: ({ event }) => asksFor(event, 'METRICS_ONLY'),
    toForcedOpen: ({ event }) => asksFor(event, 'FORCED_OPEN'),
  },
  actions: {
    record: assign({
      window: ({ context, event }, { slowMs }: { slowMs: number }) => {
        if (event.type !== 'SUCCESS' && event.type !== 'FAILURE') return context.window
        return recordCall(context.window, event.type === 'FAILURE', event.durationUs > slowMs * US_PER_MS, event.nowUs)
      },
    }),
    countRefusal: assign({ notPermitted: ({ context }) => context.notPermitted + 1 }),
    takePermit: assign({ permits: ({ context }) => context.permits - 1 }),
    giveBackPermit: assign({ permits: ({ context }) => context.permits + 1 }),
    tellFailureRate: assign({ failureRateTold: true }),
    tellSlowCallRate: assign({ slowCallRateTold: true }),
    open: assign(({ context, event }, rule: WaitRule) => {
      const attempts = context.attempts + 1
      return { ...openedUntil(context, event, waitMsAt(attempts, rule) * US_PER_MS), attempts }
    }),
    openByHand: assign(({ context, event }) => openedUntil(context, event, waitByHandUs(event))),
    probe: assign(({ context, event }, { permits, taken, maxWaitMs }: ProbeRule) => {
      const fresh = startedAfresh(context, event, { type: 'COUNT_BASED', size: permits })
      const evidence = packWaitMs(usToMs(context.untilUs - context.sinceUs))
      return { ...fresh, permits: permits - taken, untilUs: fresh.sinceUs + maxWaitMs * US_PER_MS, evidence }
    }),
    close: assign(({ context, event }, shape: WindowShape) => ({ ...startedAfresh(context, event, shape), attempts: 0 })),
    watch: assign(({ context, event }, shape: WindowShape) => ({
      ...startedAfresh(context, event, shape),
      attempts: 0,
      failureRateTold: false,
      slowCallRateTold: false,
    })),
    disable: assign(({ context, event }) => ({ ...startedAfresh(context, event, NOTHING), attempts: 0 })),
    holdOpen: assign(({ context, event }) => ({ ...startedAfresh(context, event, NOTHING), attempts: context.attempts + 1 })),
    permit: () => {},
    refuse: () => {},
    refuseForce: () => {},
    publish: (_args: unknown, _params: { event: BreakerEvent }) => {},
  },
})
