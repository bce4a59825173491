import { describe, expect, test } from 'vitest'
import { BreakerRun } from '../../cli/conform/breaker-run.ts'
import { breakerDefaults, type BreakerConfig } from './config.ts'
import { packTotals, unpackTotals } from './evidence.ts'
import { explainTransition, thresholdText } from './explain.ts'
import { openShareLeft, openUntilUs, readWindow } from './inspect.ts'

const AFTER_700_MS = 'xstate.after.700.circuitBreaker.HALF_OPEN'

describe('why the state changed', () => {
  test.each<[string, string, string, number, Partial<BreakerConfig>, string]>([
    ['CLOSED', 'OPEN', 'FAILURE', totals(10, 5, 0), {}, '5 of 10 calls failed: 50 % ≥ 50 %'],
    ['CLOSED', 'OPEN', 'SUCCESS', totals(3, 1, 2), { slowCallRateThreshold: 60 }, '2 of 3 calls were slow: 66.7 % ≥ 60 %'],
    ['CLOSED', 'OPEN', 'FAILURE', totals(2, 2, 2), {}, '2 of 2 calls failed: 100 % ≥ 50 %; 2 of 2 calls were slow: 100 % ≥ 100 %'],
    ['CLOSED', 'OPEN', 'FAILURE', totals(4_000, 2_500, 0), {}, '62.5 % of more than 1,000 calls failed: 62.5 % ≥ 50 %'],
    ['OPEN', 'HALF_OPEN', 'ACQUIRE', 2_500, {}, '2.5 s have passed; 3 probes may pass'],
    ['OPEN', 'HALF_OPEN', 'xstate.after.waitInOpen.circuitBreaker.OPEN', 10, {}, '0.01 s have passed; 3 probes may pass'],
    ['OPEN', 'HALF_OPEN', 'ACQUIRE', 1_000, { permittedNumberOfCallsInHalfOpenState: 1 }, '1 s have passed; 1 probe may pass'],
    ['HALF_OPEN', 'OPEN', 'FAILURE', totals(3, 2, 0), {}, '2 of 3 probes failed: 66.7 % ≥ 50 %'],
    ['HALF_OPEN', 'CLOSED', 'SUCCESS', totals(3, 1, 0), {}, '1 of 3 probes failed: 33.3 % < 50 %'],
    ['HALF_OPEN', 'CLOSED', 'SUCCESS', totals(3, 0, 1), {}, '0 of 3 probes failed: 0 % < 50 %; 1 of 3 probes was slow: 33.3 % < 100 %'],
    ['HALF_OPEN', 'OPEN', AFTER_700_MS, totals(1, 0, 0), { maxWaitDurationInHalfOpenStateMs: 700 }, 'No verdict within 0.7 s of probing'],
    ['CLOSED', 'FORCED_OPEN', 'FORCE', 0, {}, 'Forced open by hand'],
    ['DISABLED', 'OPEN', 'OPEN_FOR', 0, {}, 'Opened by hand for a given time'],
    ['OPEN', 'CLOSED', 'RESET', 0, {}, 'Reset by hand'],
  ])('%s to %s on %s', (from, to, signal, evidence, config, text) => {
    expect(explainTransition({ from, to, signal, evidence }, { ...breakerDefaults, ...config })).toBe(text)
  })

  test('evidence is exact up to 1,022 calls and a share beyond', () => {
    expect(unpackTotals(totals(1_022, 1_022, 511))).toEqual({ calls: 1_022, failed: 1_022, slow: 511, isShare: false })
    expect(unpackTotals(totals(1_023, 1_023, 0))).toEqual({ calls: 1_023, failed: 1_000, slow: 0, isShare: true })
    expect(unpackTotals(totals(5_000, 5_000, 1_250))).toEqual({ calls: 1_023, failed: 1_000, slow: 250, isShare: true })
    expect(totals(1_022, 1_022, 1_022)).toBeGreaterThan(0)
  })

  test('a comparison is shown with as many digits as it takes to be seen true', () => {
    expect(thresholdText({ rate: Math.fround(49.96), threshold: 50 })).toBe('49.96 % < 50 %')
    expect(thresholdText({ rate: Math.fround(100 / 3), threshold: 33.333332 })).toBe('33.3 % ≥ 33.3 %')
  })
})

describe('what the inspector reads', () => {
  test('squares, oldest first, and the arithmetic', () => {
    const run = runOf({ slidingWindowSize: 3, minimumNumberOfCalls: 3, slowCallDurationThresholdMs: 1, failureRateThreshold: 90 })
    send(run, 'SUCCESS', 0)
    send(run, 'FAILURE', 0)
    expect(readWindow(run.context, configOf({})).failureRate.text).toBe('2 calls so far; 3 are needed')
    send(run, 'SUCCESS', 2_000)
    send(run, 'FAILURE', 2_000)
    const { squares, failureRate, slowCallRate } = readWindow(run.context, configOf({ failureRateThreshold: 90 }))
    expect(squares).toEqual([
      { outcome: 'failed', slow: false },
      { outcome: 'ok', slow: true },
      { outcome: 'failed', slow: true },
    ])
    expect([failureRate.text, slowCallRate.text]).toEqual(['2 of 3 calls failed: 66.7 % < 90 %', '2 of 3 calls were slow: 66.7 % < 100 %'])
  })

  test('a ring that has gone round many times still reads in order', () => {
    const run = runOf({ slidingWindowSize: 21, minimumNumberOfCalls: 1_000, initialState: 'METRICS_ONLY' })
    const isFailed = (call: number) => (call * call) % 5 === 1
    for (let call = 0; call < 100; call += 1) send(run, isFailed(call) ? 'FAILURE' : 'SUCCESS', 0)
    const last = Array.from({ length: 21 }, (_, index) => (isFailed(79 + index) ? 'failed' : 'ok'))
    expect(readWindow(run.context, configOf({})).squares.map((square) => square.outcome)).toEqual(last)
  })

  test('seconds of a time window, without those that are gone by now', () => {
    const run = runOf({ slidingWindowType: 'TIME_BASED', slidingWindowSize: 3 })
    for (const timeMs of [100, 900, 2_000]) {
      run.advanceTo(timeMs)
      send(run, 'FAILURE', 0)
    }
    const read = (nowMs?: number) => readWindow(run.context, configOf({}), nowMs === undefined ? undefined : nowMs * 1_000)
    expect(read().seconds.map(({ second, calls, failed }) => [second, calls, failed])).toEqual([[0, 2, 2], [2, 1, 1]])
    expect(read(3_000).seconds.map(({ second }) => second)).toEqual([2])
    expect(read(3_000).calls).toBe(1)
    expect(read(5_000).calls).toBe(0)
  })

  test('nothing where nothing is recorded', () => {
    const { size, failureRate } = readWindow(runOf({ initialState: 'DISABLED' }).context, configOf({}))
    expect([size, failureRate.text]).toEqual([0, 'Nothing is recorded in this state'])
  })

  test('the rest of the wait, for the arc', () => {
    const run = runOf({ waitDurationInOpenStateMs: 2_000 })
    expect(openUntilUs(run.state, run.context)).toBeUndefined()
    run.advanceTo(1_000)
    run.send({ type: 'FORCE', nowUs: run.nowUs, to: 'OPEN' })
    expect(openUntilUs(run.state, run.context)).toBe(3_000_000)
    expect([1_000_000, 2_500_000, 9_000_000].map((nowUs) => openShareLeft(run.state, run.context, nowUs))).toEqual([1, 0.25, 0])
  })
})

function totals(calls: number, failed: number, slow: number): number {
  return packTotals({ calls, failed, slow, slowFailed: 0 })
}

function configOf(config: Partial<BreakerConfig>): BreakerConfig {
  return { ...breakerDefaults, ...config }
}

function runOf(config: Partial<BreakerConfig>): BreakerRun {
  return new BreakerRun(configOf(config))
}

function send(run: BreakerRun, type: 'SUCCESS' | 'FAILURE', durationUs: number): void {
  run.send({ type, nowUs: run.nowUs, durationUs })
}
