import type { BreakerEvent } from '../recorded.ts'
import { judgeEvents } from './reference.ts'
import { planParts, type BreakerSettings } from './settings.ts'

const STEP_MS = 10
/** More calls than this tell nothing more about a window, and nobody reads them. */
const CALLS_MAX = 120

/**
 * Events that go to the edges of a config: one call short of a verdict and the call that makes it, exactly the rate and just
 * below, results that come late, the last moment of the wait and the one after, one probe too many, probes that fail, that
 * are slow, that never end.
 */
export function boundaryEvents(settings: BreakerSettings): BreakerEvent[] {
  const trace = new TraceWriter()
  const parts = planParts(settings)
  const windowCalls = parts.isTimeWindow ? settings.minimumNumberOfCalls : settings.slidingWindowSize
  const minimum = Math.min(CALLS_MAX, parts.isTimeWindow ? settings.minimumNumberOfCalls : Math.min(settings.minimumNumberOfCalls, windowCalls))
  const size = Math.min(CALLS_MAX, Math.max(minimum, windowCalls))
  const probes = Math.min(CALLS_MAX, settings.permittedNumberOfCallsInHalfOpenState)
  const failing = Math.ceil((size * settings.failureRateThreshold) / 100)
  const opens = (): void => {
    const late = [trace.begin(), trace.begin()]
    for (let call = 0; call < size + 1; call += 1) trace.whole('failed')
    for (const call of late) trace.end(call, 'failed')
    trace.begin()
  }
  /** To so long after the last wait that the breaker began. */
  const waits = (beyondMs: number): void => trace.goTo(openUntilMs(settings, trace.events) + beyondMs)

  const several = (count: number, what: 'done' | 'failed'): void => {
    for (let call = 0; call < count; call += 1) trace.whole(what)
  }

  const recovers = (): void => {
    waits(1)
    several(probes, 'done')
  }

  // One failure short of the rate, until the failures leave the window; then exactly the rate.
  several(size, 'done')
  several(failing - 1, 'failed')
  several(size, 'done')
  several(failing, 'failed')
  recovers()
  // One call short of a verdict, then the call that makes it.
  several(minimum - 1, 'failed')
  several(2, 'done')
  recovers()
  // The last moment of the wait refuses, the one after lets through; one probe too many is refused.
  opens()
  for (const beyondMs of [-1, 0, 1]) {
    waits(beyondMs)
    trace.begin()
  }
  const open = Array.from({ length: probes + 1 }, () => trace.begin())
  for (const call of open) trace.end(call, 'done')
  // Probes that fail, with a late result of a former time among them.
  const stale = [trace.begin(), trace.begin(), trace.begin()]
  opens()
  for (const late of stale) {
    waits(1)
    trace.whole('failed')
    trace.end(late, 'done')
    for (let call = 1; call < probes + 2; call += 1) trace.whole('failed')
  }
  // Half-open without a verdict: until its limit, if it has one.
  waits(1)
  const forgotten = trace.begin()
  trace.wait(Math.max(STEP_MS, settings.maxWaitDurationInHalfOpenStateMs - 1))
  trace.begin()
  trace.wait(2)
  trace.begin()
  trace.end(forgotten, 'done')
  waits(1)
  if (parts.watchesSlowCalls) slowCalls(trace, settings, size)
  if (parts.isTimeWindow) oldCalls(trace, settings, size)
  return trace.events
}

/** When the wait ends that began last, as far as these events go; 0 when there was none. */
function openUntilMs(settings: BreakerSettings, events: readonly BreakerEvent[]): number {
  const { changes } = judgeEvents(settings, events)
  const opening = changes.findLast(({ to }) => to === 'OPEN')
  if (!opening) return 0
  const closing = changes.findLastIndex(({ to }) => to === 'CLOSED')
  let waitMs = settings.waitDurationInOpenStateMs
  const openings = changes.slice(closing + 1).filter(({ to }) => to === 'OPEN').length
  for (let grown = 1; grown < openings; grown += 1) {
    waitMs = Math.trunc(waitMs * settings.waitMultiplier)
    if (settings.waitMaxMs > 0) waitMs = Math.min(waitMs, settings.waitMaxMs)
  }
  return opening.atMs + waitMs
}

/** Calls that take exactly as long as may be, and a moment longer. */
function slowCalls(trace: TraceWriter, { slowCallDurationThresholdMs: slowMs, waitDurationInOpenStateMs: waitMs }: BreakerSettings, size: number): void {
  for (const durationMs of [slowMs, slowMs + 1]) {
    trace.wait(waitMs + 1)
    for (let round = 0; round < 2; round += 1) {
      const calls = Array.from({ length: size }, () => trace.begin())
      trace.wait(durationMs - STEP_MS * (size - 1))
      for (const call of calls) trace.end(call, 'done')
    }
  }
}

/** Failures that leave a time window just in time, and just too late. */
function oldCalls(trace: TraceWriter, { slidingWindowSize: seconds, waitDurationInOpenStateMs: waitMs }: BreakerSettings, size: number): void {
  for (const windowMs of [seconds * 1_000, (seconds - 1) * 1_000]) {
    trace.wait(waitMs + seconds * 2_000)
    for (let call = 0; call < size; call += 1) trace.whole('done')
    for (let call = 0; call < size - 1; call += 1) trace.whole('failed')
    trace.wait(windowMs)
    for (let call = 0; call < size; call += 1) trace.whole('failed')
  }
}

/** Writes events one after another. */
class TraceWriter {
  readonly events: BreakerEvent[] = []
  nowMs = 0
  #calls = 0

  begin(): number {
    this.#calls += 1
    this.nowMs += STEP_MS
    this.events.push({ atMs: this.nowMs, what: 'call', call: this.#calls })
    return this.#calls
  }

  end(call: number, what: 'done' | 'failed'): void {
    this.events.push({ atMs: this.nowMs, what, call })
  }

  whole(what: 'done' | 'failed'): void {
    this.end(this.begin(), what)
  }

  wait(ms: number): void {
    this.nowMs += Math.max(0, ms)
  }

  goTo(atMs: number): void {
    // The next call comes a step after now.
    this.nowMs = Math.max(this.nowMs, atMs) - STEP_MS
  }
}
