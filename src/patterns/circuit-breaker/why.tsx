import type { BreakerConfig } from './config.ts'
import { unpackTotals } from './evidence.ts'
import { countText, secondsText, thresholdText } from './explain.ts'
import { readWindow, type CallSquare, type RateReading, type WindowReading } from './inspect.ts'
import type { BreakerContext } from './signals.ts'
import './why.css'

/** What the reading needs, at the playhead. The context and config are those of this kind. */
export interface BreakerWhyProps {
  state: string
  context: unknown
  config: unknown
  nowUs: number
}

/** More squares than this are more than anybody counts: the newest are shown. */
const SQUARES_MAX = 120
const SLOW_MS_DEFAULT = 60_000

/** The window as it stands: the calls in it, the arithmetic, and how long the present state lasts. */
export function BreakerWhy({ state, context, config, nowUs }: BreakerWhyProps) {
  const breaker = context as BreakerContext
  const settings = config as BreakerConfig
  const reading = readWindow(breaker, settings, nowUs)
  if (reading.size === 0) return <p className="breaker-quiet">Nothing is recorded in this state.</p>
  const watchesSlow = settings.slowCallRateThreshold < 100 || settings.slowCallDurationThresholdMs < SLOW_MS_DEFAULT
  return (
    <div className="breaker-why">
      {settings.slidingWindowType === 'TIME_BASED' && state !== 'HALF_OPEN' ? (
        <Seconds reading={reading} nowUs={nowUs} />
      ) : (
        <Squares reading={reading} isProbing={state === 'HALF_OPEN'} />
      )}
      <Sums reading={decidingReading(state, breaker, settings) ?? reading} watchesSlow={watchesSlow} />
      {state === 'OPEN' ? <LateResults reading={reading} context={breaker} /> : null}
      <Remaining state={state} context={breaker} nowUs={nowUs} />
    </div>
  )
}

type Totals = Pick<WindowReading, 'calls' | 'failed' | 'slow' | 'minimum' | 'failureRate' | 'slowCallRate'>

/** The totals that opened the breaker: late results have changed the window since. Undefined where they are not known exactly. */
function decidingReading(state: string, context: BreakerContext, config: BreakerConfig): Totals | undefined {
  const { calls, failed, slow, isShare } = unpackTotals(context.evidence)
  if (state !== 'OPEN' || calls === 0 || isShare) return undefined
  return readWindow({ ...context, window: { ...context.window, calls, failed, slow, slowFailed: 0 } }, config)
}

function Sums({ reading, watchesSlow }: { reading: Totals; watchesSlow: boolean }) {
  const { calls, failed, slow, minimum, failureRate, slowCallRate } = reading
  return (
    <>
      <Arithmetic count={failed} calls={calls} minimum={minimum} rate={failureRate} what="failed" />
      {watchesSlow ? <Arithmetic count={slow} calls={calls} minimum={minimum} rate={slowCallRate} what="slow" /> : null}
    </>
  )
}

/** What came in after it opened: calls that were already under way. */
function LateResults({ reading, context }: { reading: WindowReading; context: BreakerContext }) {
  const { calls, failed, isShare } = unpackTotals(context.evidence)
  if (isShare || (calls === reading.calls && failed === reading.failed)) return null
  return (
    <p className="breaker-quiet">
      Calls already under way came in late: {reading.failed} of {reading.calls} failed by now.
    </p>
  )
}

/** Each call a square, oldest first; places not yet filled stand empty, the newest call is ringed. */
function Squares({ reading, isProbing }: { reading: WindowReading; isProbing: boolean }) {
  const shown = reading.squares.slice(-SQUARES_MAX)
  const free = Math.max(0, Math.min(reading.size, SQUARES_MAX) - shown.length)
  const noun = isProbing ? 'probe' : 'call'
  const slow = reading.slow > 0 ? `, ${reading.slow} slow` : ''
  const label = `${countText(reading.calls, noun)} of ${reading.size} in the window: ${reading.failed} failed${slow}`
  return (
    <figure className="breaker-window">
      <div className="breaker-squares" role="img" aria-label={label}>
        {shown.map((square, index) => (
          <Square key={index} square={square} isNewest={index === shown.length - 1} />
        ))}
        {Array.from({ length: free }, (_, index) => (
          <i key={`free ${index}`} className="breaker-square" data-outcome="none" />
        ))}
      </div>
      <figcaption>
        {shown.length < reading.calls ? `newest ${shown.length} of ${reading.calls} · ` : ''}
        oldest left · <i className="breaker-square breaker-key" data-outcome="ok" /> ok{' '}
        <i className="breaker-square breaker-key" data-outcome="failed" /> failed
        {reading.slow > 0 ? (
          <>
            {' '}
            <i className="breaker-square breaker-key" data-outcome="ok" data-slow="true" /> slow
          </>
        ) : null}
      </figcaption>
    </figure>
  )
}

function Square({ square, isNewest }: { square: CallSquare; isNewest: boolean }) {
  return (
    <i className="breaker-square" data-outcome={square.outcome} data-slow={square.slow || undefined} data-newest={isNewest || undefined} />
  )
}

/** A time window second by second: how many calls ended, the failed ones as the dark part with a cross-hatch. */
function Seconds({ reading, nowUs }: { reading: WindowReading; nowUs: number }) {
  const now = Math.floor(nowUs / 1e6)
  const count = Math.min(reading.size, 60)
  const bySecond = new Map(reading.seconds.map((bucket) => [bucket.second, bucket]))
  const columns = Array.from({ length: count }, (_, index) => bySecond.get(now - count + 1 + index))
  const highest = Math.max(1, ...columns.map((bucket) => bucket?.calls ?? 0))
  const label = `${countText(reading.calls, 'call')} in the last ${countText(reading.size, 'second')}: ${reading.failed} failed`
  return (
    <figure className="breaker-window">
      <div className="breaker-seconds" role="img" aria-label={label}>
        {columns.map((bucket, index) => (
          <span key={index} className="breaker-second">
            <span style={{ height: `${(((bucket?.calls ?? 0) - (bucket?.failed ?? 0)) / highest) * 100}%` }} />
            <span data-failed style={{ height: `${((bucket?.failed ?? 0) / highest) * 100}%` }} />
          </span>
        ))}
      </div>
      <figcaption>
        last {countText(count, 'second')}, now right · <i className="breaker-square breaker-key" data-outcome="ok" /> ok{' '}
        <i className="breaker-square breaker-key" data-outcome="failed" /> failed
      </figcaption>
    </figure>
  )
}

interface ArithmeticProps {
  count: number
  calls: number
  minimum: number
  rate: RateReading
  what: string
}

/** `5/10 failed = 50 % ≥ 50 %`, or how many calls are still missing. */
function Arithmetic({ count, calls, minimum, rate, what }: ArithmeticProps) {
  const isKnown = rate.percent >= 0
  return (
    <p className="breaker-sum" data-reached={rate.isReached || undefined}>
      <b>
        {count}/{calls}
      </b>{' '}
      {what}
      {isKnown ? <span> = {thresholdText({ rate: rate.percent, threshold: rate.thresholdPercent })}</span> : null}
      {isKnown ? null : <small> · judged from {countText(minimum, 'call')} on</small>}
    </p>
  )
}

/** How long the breaker stays as it is: the wait of OPEN, the probes and the time limit of HALF_OPEN. */
function Remaining({ state, context, nowUs }: { state: string; context: BreakerContext; nowUs: number }) {
  const leftMs = Math.max(0, context.untilUs - nowUs) / 1_000
  if (state === 'OPEN') {
    const shareLeft = context.untilUs > context.sinceUs ? Math.min(1, (leftMs * 1_000) / (context.untilUs - context.sinceUs)) : 0
    return (
      <div className="breaker-left">
        <p>{leftMs > 0 ? `Refuses calls for another ${tenths(leftMs)}.` : 'The wait is over: the next call is a probe.'}</p>
        <span className="breaker-bar" aria-hidden="true">
          <span style={{ width: `${shareLeft * 100}%` }} />
        </span>
      </div>
    )
  }
  if (state !== 'HALF_OPEN') return null
  const limit = context.untilUs > context.sinceUs ? ` It ends undecided in ${tenths(leftMs)}.` : ''
  const probes = context.permits > 0 ? `${countText(context.permits, 'more probe')} may pass.` : 'All probes are out; their answers decide.'
  return <p className="breaker-left">{probes + limit}</p>
}

/** One digit, so that the text does not flicker. */
function tenths(ms: number): string {
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : secondsText(Math.round(ms / 1_000) * 1_000)
}
