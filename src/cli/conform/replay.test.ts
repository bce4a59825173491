import { describe, expect, test } from 'vitest'
import { replayVector } from './replay.ts'
import { verdictLine } from './verdict.ts'
import { parseVectors, type Settings, type Vector } from './vectors.ts'

const PRESETS: Record<string, Settings> = { resilience4j: { minimumNumberOfCalls: 100, failureRateComparison: '>=' } }

describe('a replay that differs says where', () => {
  test('in state', () => {
    expect(failure([{ t: 0, op: 'force', to: 'OPEN', expect: { state: 'CLOSED' } }])).toBe(
      'FAIL x step 1 t=0 state: expected CLOSED, got OPEN',
    )
  })

  test('in one of the metrics, and only those that are expected count', () => {
    const steps = [{ t: 7, op: 'failure', durationMs: 0, expect: { metrics: { buffered: 1 } } }]
    expect(failure([...steps, { t: 8, op: 'look', expect: { metrics: { failed: 2 } } }])).toBe(
      'FAIL x step 2 t=8 metrics.failed: expected 2, got 1',
    )
  })

  test('with rates as 32-bit floats, written short', () => {
    const steps = ['failure', 'success', 'success'].map((op) => ({ t: 0, op, durationMs: 0 }))
    const look = (failureRate: number) => [...steps, { t: 0, op: 'look', expect: { metrics: { failureRate } } }]
    const config = { minimumNumberOfCalls: 1, failureRateThreshold: 100, slidingWindow: { type: 'COUNT_BASED', size: 3 } }
    const after = (rate: number) => failure(look(rate), { ...config, initialState: 'METRICS_ONLY' })
    expect(after(33.333332)).toBe('PASS x')
    expect(after(33.33333206176758)).toBe('PASS x')
    expect(after(33.3333)).toBe('FAIL x step 4 t=0 metrics.failureRate: expected 33.3333, got 33.333332')
  })

  test('in what the caller gets', () => {
    const open = { t: 0, op: 'force', to: 'OPEN' }
    expect(failure([open, { t: 1, op: 'acquire', expect: { permitted: true } }])).toContain('permitted: expected true, got false')
    expect(failure([open, { t: 1, op: 'acquire', expect: { rejection: 'CallNotPermittedException' } }])).toBe('PASS x')
    expect(failure([{ t: 1, op: 'acquire', expect: { rejection: 'CallNotPermittedException' } }])).toContain('got nothing')
    expect(failure([{ t: 1, op: 'force', to: 'HALF_OPEN', expect: { error: 'IllegalStateTransitionException' } }])).toBe('PASS x')
  })
})

describe('operations that the given vectors do not use', () => {
  test('a call settles after its duration, at its own time', () => {
    const steps = [
      { t: 0, op: 'call', id: 'a', durationMs: 20, outcome: 'failure', expect: { settled: { a: 'pending' }, metrics: { failed: 0 } } },
      { t: 19, op: 'look', expect: { settled: { a: 'pending' } } },
      { t: 20, op: 'look', expect: { settled: { a: 'error' }, metrics: { failed: 1 } } },
      { t: 20, op: 'call', id: 'b', outcome: 'never', expect: { settled: { a: 'error', b: 'pending' } } },
      { t: 20, op: 'call', id: 'c', durationMs: null, expect: { settled: { c: 'pending' } } },
      { t: 20, op: 'call', id: 'd', durationMs: 0, outcome: 'ignored', expect: { settled: { d: 'error' }, metrics: { buffered: 1 } } },
      { t: 20, op: 'call', id: 'e', durationMs: 0, outcome: 'timeout', expect: { settled: { e: 'error' }, metrics: { failed: 2 } } },
      { t: 20, op: 'force', to: 'OPEN' },
      { t: 20, op: 'call', id: 'f', expect: { settled: { f: 'rejected:CallNotPermittedException' } } },
      { t: 99, op: 'look', expect: { settled: { b: 'pending', c: 'pending' } } },
    ]
    expect(failure(steps)).toBe('PASS x')
  })

  test('open until a moment, with the timer or without', () => {
    const steps = [
      { t: 10, op: 'openUntil', at: 30, expect: { state: 'OPEN' } },
      { t: 30, op: 'look', expect: { state: 'HALF_OPEN', events: { STATE_TRANSITION: 2 } } },
    ]
    expect(failure(steps, { automaticTransitionFromOpenToHalfOpenEnabled: true })).toBe('PASS x')
    expect(failure(steps)).toBe('FAIL x step 2 t=30 state: expected HALF_OPEN, got OPEN')
  })

  test('a constant interval function, and a capped one', () => {
    const steps = [
      { t: 0, op: 'force', to: 'OPEN' },
      { t: 0, op: 'force', to: 'OPEN' },
      { t: 700, op: 'acquire', expect: { permitted: false } },
      { t: 701, op: 'acquire', expect: { permitted: true } },
    ]
    const waiting = (interval: object) => failure(steps, { waitIntervalFunctionInOpenState: interval })
    expect(waiting({ type: 'CONSTANT', initial: 700 })).toBe('PASS x')
    expect(waiting({ type: 'EXPONENTIAL', initial: 500, multiplier: 2, max: 700 })).toBe('PASS x')
  })
})

describe('what cannot be replayed fails and says why', () => {
  test.each<[string, Partial<Vector>, string]>([
    ['another library', { library: 'opossum' }, 'library: expected opossum, got only resilience4j is supported'],
    ['an unknown setting', { config: { transitionOnResult: 'OPEN' } }, 'config.transitionOnResult: expected OPEN, got a setting that'],
    ['a setting that the preset fixes', { config: { failureRateComparison: '>' } }, 'config.failureRateComparison: expected >'],
    ['an unknown preset', { config: { preset: 'mine' } }, 'config.preset: expected mine'],
    ['another bucketing', windowOf({ type: 'TIME_BASED', durationMs: 5_000, bucketing: 'SNAPSHOT_TIMER' }), 'slidingWindow.bucketing'],
    ['half a second of window', windowOf({ type: 'TIME_BASED', durationMs: 5_500 }), 'slidingWindow.durationMs'],
    ['an absurd window', windowOf({ type: 'COUNT_BASED', size: 1e12 }), 'slidingWindow.size: expected 1000000000000'],
    ['an unknown operation', { steps: [{ t: 0, op: 'isolate', expect: {} }] }, 'step 1 t=0 op: expected isolate'],
    ['an unknown state', { steps: [{ t: 0, op: 'force', to: 'AJAR', expect: {} }] }, 'to: expected AJAR'],
    ['an unknown expectation', { steps: [{ t: 0, op: 'look', expect: { counts: {} } }] }, 'step 1 t=0 counts'],
    ['an unknown subject', { subject: 'rule' }, 'subject: expected rule'],
    ['a table of something else', { subject: 'transition-table', table: { AJAR: [] } }, 'table: expected lists of legal transitions'],
  ])('%s', (_name, vector, message) => {
    const whole: Vector = { id: 'x', library: 'resilience4j', subject: 'breaker', config: {}, steps: [], ...vector }
    const line = verdictLine('x', replayVector(whole, PRESETS))
    expect(line).toMatch(/^FAIL x step \d+ t=0 /)
    expect(line).toContain(message)
  })

  test('a transition table with one entry too many or too few', () => {
    const anywhere = ['CLOSED', 'OPEN', 'HALF_OPEN', 'DISABLED', 'METRICS_ONLY', 'FORCED_OPEN']
    const table: Record<string, string[]> = {
      ...Object.fromEntries(anywhere.map((from) => [from, anywhere])),
      CLOSED: anywhere.filter((to) => to !== 'HALF_OPEN'),
      METRICS_ONLY: anywhere.filter((to) => to !== 'HALF_OPEN' && to !== 'OPEN'),
    }
    const vector = { id: 't', library: 'resilience4j', subject: 'transition-table', config: {}, steps: [] }
    const verdictOf = (given: unknown) => verdictLine('t', replayVector({ ...vector, table: given }, PRESETS))
    expect(verdictOf(table)).toBe('PASS t')
    expect(verdictOf({ ...table, CLOSED: anywhere })).toMatch(/^FAIL t step 3 t=0 CLOSED to HALF_OPEN: expected HALF_OPEN/)
    expect(verdictOf({ ...table, OPEN: ['CLOSED'] })).toContain('OPEN to OPEN: expected OPEN, refused and unchanged')
  })
})

function windowOf(slidingWindow: object): Partial<Vector> {
  return { config: { slidingWindow } }
}

function failure(steps: readonly Record<string, unknown>[], config: Record<string, unknown> = {}): string {
  const file = { vectors: [{ id: 'x', library: 'resilience4j', config: { preset: 'resilience4j', ...config }, steps }] }
  const [vector] = parseVectors(JSON.stringify(file)).vectors
  return verdictLine('x', replayVector(vector!, PRESETS))
}
