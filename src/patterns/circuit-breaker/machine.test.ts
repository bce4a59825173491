import { describe, expect, test } from 'vitest'
import { initialTransition, transition } from 'xstate'
import { BreakerRun } from '../../cli/conform/breaker-run.ts'
import { breakerDefaults, type BreakerConfig } from './config.ts'
import { createBreakerMachine } from './machine.ts'
import type { BreakerState } from './signals.ts'

describe('closed', () => {
  test('opens at exactly the threshold', () => {
    const breaker = new Breaker({ slidingWindowSize: 4, minimumNumberOfCalls: 4 })
    expect(breaker.results('ok fail ok').state).toBe('CLOSED')
    expect(breaker.results('fail').state).toBe('OPEN')
  })

  test('opens on a success, when that is the call that makes enough', () => {
    const breaker = new Breaker({ slidingWindowSize: 5, minimumNumberOfCalls: 5 })
    expect(breaker.results('fail fail fail ok').state).toBe('CLOSED')
    expect(breaker.results('ok').state).toBe('OPEN')
    expect(breaker.published.slice(-2)).toEqual(['FAILURE_RATE_EXCEEDED', 'STATE_TRANSITION'])
  })

  test('a threshold of 100 % opens when everything failed', () => {
    const breaker = new Breaker({ failureRateThreshold: 100, slidingWindowSize: 3, minimumNumberOfCalls: 3 })
    expect(breaker.results('ok fail fail').state).toBe('CLOSED')
    expect(breaker.results('fail').state).toBe('OPEN')
  })

  test('calls still running and calls refused do not dilute the rate', () => {
    const breaker = new Breaker({ slidingWindowSize: 4, minimumNumberOfCalls: 2 })
    for (let call = 0; call < 10; call += 1) breaker.acquire()
    expect(breaker.results('fail fail').state).toBe('OPEN')
    breaker.acquire()
    expect(breaker.metrics()).toMatchObject({ buffered: 2, failureRate: 100, notPermitted: 1 })
  })

  test('rates are 32-bit: 7 of 100 is exactly 7 %, 1 of 3 reaches a third', () => {
    const exact = new Breaker({ failureRateThreshold: 7, slidingWindowSize: 100, minimumNumberOfCalls: 100 })
    expect(exact.results('ok '.repeat(93) + 'fail '.repeat(7)).state).toBe('OPEN')
    const third = { slidingWindowSize: 3, minimumNumberOfCalls: 3 }
    expect(new Breaker({ ...third, failureRateThreshold: 33.333332 }).results('ok ok fail').state).toBe('OPEN')
    expect(new Breaker({ ...third, failureRateThreshold: 33.333333333 }).results('ok ok fail').state).toBe('OPEN')
    expect(new Breaker({ ...third, failureRateThreshold: 33.33334 }).results('ok ok fail').state).toBe('CLOSED')
  })

  test('tells of the failure rate before the slow-call rate, and of both before the change of state', () => {
    const breaker = new Breaker({ slidingWindowSize: 1, minimumNumberOfCalls: 1, slowCallDurationThresholdMs: 1 })
    breaker.result('fail', 1_001)
    expect(breaker.published).toEqual(['ERROR', 'FAILURE_RATE_EXCEEDED', 'SLOW_CALL_RATE_EXCEEDED', 'STATE_TRANSITION'])
  })

  test('opens on slow successes alone', () => {
    const breaker = new Breaker({ slidingWindowSize: 2, minimumNumberOfCalls: 2, slowCallDurationThresholdMs: 1 })
    breaker.result('ok', 1_001)
    expect(breaker.result('ok', 1_000).state).toBe('CLOSED')
    breaker.result('ok', 1_001)
    expect(breaker.result('ok', 1_001).state).toBe('OPEN')
    expect(breaker.published).not.toContain('FAILURE_RATE_EXCEEDED')
  })
})

describe('time windows', () => {
  const config = { slidingWindowType: 'TIME_BASED', slidingWindowSize: 5, minimumNumberOfCalls: 2 } as const

  test('are cut at whole seconds, so the same trace half a second later reads differently', () => {
    for (const [shiftMs, state] of [[0, 'CLOSED'], [500, 'OPEN']] as const) {
      const breaker = new Breaker(config)
      breaker.at(shiftMs + 500).results('fail')
      breaker.at(shiftMs + 5_300).results('fail')
      expect(breaker.state, `shifted by ${shiftMs} ms`).toBe(state)
    }
  })

  test('a call at the start and one at the end of a second leave together', () => {
    const breaker = new Breaker({ ...config, minimumNumberOfCalls: 5 })
    breaker.at(0).results('fail')
    breaker.at(999).results('fail')
    expect(breaker.at(4_999).metrics().buffered).toBe(2)
    expect(breaker.at(5_000).metrics().buffered).toBe(0)
  })
})

describe('open', () => {
  test('refuses through the whole wait and permits strictly after it', () => {
    const breaker = new Breaker({ waitDurationInOpenStateMs: 5_000 }).force('OPEN')
    expect(breaker.at(5_000).acquire()).toBe(false)
    expect(breaker.at(5_000.001).acquire()).toBe(true)
    expect(breaker.state).toBe('HALF_OPEN')
  })

  test('does not leave by itself, unless told to: then at exactly the wait', () => {
    const lazy = new Breaker({ waitDurationInOpenStateMs: 5_000 }).force('OPEN')
    expect(lazy.at(60_000).state).toBe('OPEN')
    const automatic = new Breaker({ waitDurationInOpenStateMs: 5_000, automaticTransitionFromOpenToHalfOpen: true }).force('OPEN')
    expect(automatic.at(4_999.999).state).toBe('OPEN')
    expect(automatic.at(5_000).state).toBe('HALF_OPEN')
  })

  test('forgets its timer when left by hand, and starts it anew when opened anew', () => {
    const breaker = new Breaker({ waitDurationInOpenStateMs: 5_000, automaticTransitionFromOpenToHalfOpen: true }).force('OPEN')
    breaker.at(3_000).force('FORCED_OPEN')
    expect(breaker.at(9_000).state).toBe('FORCED_OPEN')
    breaker.force('OPEN').at(12_000).force('OPEN')
    expect(breaker.at(14_500).state).toBe('OPEN')
    expect(breaker.at(17_000).state).toBe('HALF_OPEN')
  })

  test('keeps the window that opened it; half-open and closed start empty ones', () => {
    const breaker = new Breaker({ slidingWindowSize: 2, minimumNumberOfCalls: 2, permittedNumberOfCallsInHalfOpenState: 2 })
    expect(breaker.results('fail fail').metrics()).toMatchObject({ buffered: 2, failureRate: 100 })
    breaker.at(3_000).acquire()
    expect(breaker.metrics()).toMatchObject({ buffered: 0, failureRate: -1 })
    breaker.results('ok fail')
    expect(breaker.state).toBe('OPEN')
    expect(breaker.metrics()).toMatchObject({ buffered: 2, failed: 1, failureRate: 50 })
    expect(breaker.force('CLOSED').metrics().buffered).toBe(0)
  })

  test('open for and open until leave the count of openings alone', () => {
    const breaker = new Breaker({ waitDurationInOpenStateMs: 1_000, waitMultiplier: 2 })
    breaker.openFor(10)
    expect(breaker.at(10.001).acquire()).toBe(true)
    breaker.force('OPEN')
    expect(breaker.at(1_010.002).acquire(), 'the first grown wait is still 1 s').toBe(true)
  })

  test('open until a moment that has passed permits at once', () => {
    const breaker = new Breaker({}).at(100)
    breaker.openUntil(100)
    expect(breaker.acquire()).toBe(false)
    breaker.openUntil(99.999)
    expect(breaker.acquire()).toBe(true)
  })

  test('waits grow in whole milliseconds, each cut off before the next', () => {
    const breaker = new Breaker({ waitDurationInOpenStateMs: 3, waitMultiplier: 1.5 })
    // 3, 4.5 → 4, 6, 9: and not 3 × 1.5³ = 10.125
    for (const waitMs of [3, 4, 6, 9]) {
      breaker.force('OPEN')
      const openedMs = breaker.nowMs
      expect(breaker.at(openedMs + waitMs).acquire(), `still open after ${waitMs} ms`).toBe(false)
      expect(breaker.at(openedMs + waitMs + 0.001).acquire(), `over after ${waitMs} ms`).toBe(true)
    }
  })
})

describe('half-open', () => {
  const probing = { permittedNumberOfCallsInHalfOpenState: 2, minimumNumberOfCalls: 10 } as const

  test('permits are a total: a finished probe makes no room', () => {
    const breaker = new Breaker(probing).force('OPEN').force('HALF_OPEN')
    expect([breaker.acquire(), breaker.acquire(), breaker.acquire()]).toEqual([true, true, false])
    breaker.results('ok')
    expect(breaker.acquire()).toBe(false)
  })

  test('a probe that never ends blocks for good, unless the stay is limited', () => {
    const stuck = new Breaker(probing).force('OPEN').force('HALF_OPEN')
    stuck.acquire()
    stuck.acquire()
    expect(stuck.at(86_400_000).acquire()).toBe(false)
    const limited = new Breaker({ ...probing, maxWaitDurationInHalfOpenStateMs: 1_000 }).force('OPEN').force('HALF_OPEN')
    expect(limited.at(999.999).state).toBe('HALF_OPEN')
    expect(limited.at(1_000).state).toBe('OPEN')
    const closing = new Breaker({ ...probing, maxWaitDurationInHalfOpenStateMs: 1_000, transitionToStateAfterWaitDuration: 'CLOSED' })
    expect(closing.force('OPEN').force('HALF_OPEN').at(1_000).state).toBe('CLOSED')
  })

  test('opening after the longest stay waits from that moment, with a grown wait', () => {
    const breaker = new Breaker({ ...probing, maxWaitDurationInHalfOpenStateMs: 1_000, waitDurationInOpenStateMs: 100, waitMultiplier: 2 })
    breaker.force('OPEN').at(500).force('HALF_OPEN').at(9_000)
    expect(breaker.context).toMatchObject({ sinceUs: 1_500_000, untilUs: 1_700_000, attempts: 2 })
  })

  test('late successes close it with no probe finished; late failures open it again', () => {
    const closing = new Breaker(probing).force('OPEN').force('HALF_OPEN')
    closing.acquire()
    expect(closing.results('ok ok').state).toBe('CLOSED')
    const opening = new Breaker(probing).force('OPEN').force('HALF_OPEN')
    expect(opening.results('fail ok').state).toBe('OPEN')
  })

  test('an ignored result gives a permit back, a late one adds to them', () => {
    const breaker = new Breaker(probing).force('OPEN').force('HALF_OPEN')
    breaker.ignored()
    expect([breaker.acquire(), breaker.acquire(), breaker.acquire(), breaker.acquire()]).toEqual([true, true, true, false])
  })

  test('opens again without telling of rates', () => {
    const breaker = new Breaker(probing).force('OPEN').force('HALF_OPEN').results('fail fail')
    expect(breaker.published).toEqual(['STATE_TRANSITION', 'STATE_TRANSITION', 'ERROR', 'ERROR', 'STATE_TRANSITION'])
  })
})

describe('by hand', () => {
  test('a state forced into itself starts afresh and publishes nothing', () => {
    const breaker = new Breaker({ slidingWindowSize: 4, minimumNumberOfCalls: 4 }).results('fail fail')
    const told = breaker.published.length
    expect(breaker.force('CLOSED').metrics().buffered).toBe(0)
    expect(breaker.published).toHaveLength(told)
  })

  test('disabled and forced open are silent, except about themselves', () => {
    for (const state of ['DISABLED', 'FORCED_OPEN'] as const) {
      const breaker = new Breaker({}).force(state).results('ok fail')
      breaker.ignored()
      breaker.acquire()
      expect(breaker.published).toEqual(['STATE_TRANSITION'])
      breaker.reset()
      expect(breaker.published).toEqual(['STATE_TRANSITION', 'STATE_TRANSITION', 'RESET'])
    }
  })

  test('metrics only tells of each rate once, and again after being set anew', () => {
    const breaker = new Breaker({ slidingWindowSize: 1, minimumNumberOfCalls: 1 }).force('METRICS_ONLY').results('fail fail fail')
    breaker.force('METRICS_ONLY').results('fail')
    expect(breaker.published.filter((event) => event === 'FAILURE_RATE_EXCEEDED')).toHaveLength(2)
    expect(breaker.state).toBe('METRICS_ONLY')
  })

  test('reset tells of itself even when closed', () => {
    const breaker = new Breaker({}).results('fail')
    breaker.reset()
    expect(breaker.published).toEqual(['ERROR', 'RESET'])
    expect(breaker.metrics().buffered).toBe(0)
  })
})

describe('the machine as an object', () => {
  test('is pure: one snapshot has two futures', () => {
    const machine = createBreakerMachine({ ...breakerDefaults, slidingWindowSize: 2, minimumNumberOfCalls: 2 })
    const fail = { type: 'FAILURE', nowUs: 1, durationUs: 1 } as const
    const [fork] = transition(machine, initialTransition(machine)[0], fail)
    const before = JSON.stringify(fork)
    const [opened] = transition(machine, fork, fail)
    const [closed] = transition(machine, fork, { type: 'RESET', nowUs: 2 })
    expect([opened.value, closed.value]).toEqual(['OPEN', 'CLOSED'])
    expect(JSON.stringify(fork)).toBe(before)
    expect(transition(machine, fork, fail)[0].context).toEqual(opened.context)
  })

  test('two runs of one machine share nothing', () => {
    const config = { ...breakerDefaults, slidingWindowSize: 2, minimumNumberOfCalls: 2 }
    const [first, second] = [new Breaker(config), new Breaker(config)]
    first.results('fail fail')
    expect([first.state, second.state, second.metrics().buffered]).toEqual(['OPEN', 'CLOSED', 0])
  })

  test('is the same for the same config object and has no more than the config asks for', () => {
    const config = { ...breakerDefaults }
    expect(createBreakerMachine(config)).toBe(createBreakerMachine(config))
    expect(createBreakerMachine(config)).not.toBe(createBreakerMachine({ ...config }))
    const timersOf = (more: Partial<BreakerConfig>) =>
      Object.values(createBreakerMachine({ ...config, ...more }).states).flatMap((state) => state?.after.map((timer) => timer.delay) ?? [])
    expect(timersOf({})).toEqual([])
    expect(timersOf({ automaticTransitionFromOpenToHalfOpen: true, maxWaitDurationInHalfOpenStateMs: 700 })).toEqual(['waitInOpen', 700])
  })

  test.each<[BreakerState, object]>([
    ['OPEN', { attempts: 1, untilUs: 2_500_000 }],
    ['HALF_OPEN', { attempts: 1, permits: 3 }],
    ['FORCED_OPEN', { attempts: 1 }],
    ['DISABLED', { attempts: 0 }],
  ])('starts in %s when asked to', (initialState, context) => {
    const breaker = new Breaker({ initialState })
    expect(breaker.state).toBe(initialState)
    expect(breaker.context).toMatchObject(context)
  })
})

/** A breaker with short words for what tests do to it; times in milliseconds. */
class Breaker {
  readonly #run: BreakerRun

  constructor(config: Partial<BreakerConfig>) {
    this.#run = new BreakerRun({ ...breakerDefaults, ...config })
  }

  get state() {
    return this.#run.state
  }

  get context() {
    return this.#run.context
  }

  get published() {
    return this.#run.published
  }

  get nowMs() {
    return this.#run.nowUs / 1_000
  }

  metrics() {
    return this.#run.metrics()
  }

  at(timeMs: number): this {
    this.#run.advanceTo(timeMs)
    return this
  }

  acquire(): boolean | undefined {
    return this.#run.send({ type: 'ACQUIRE', nowUs: this.#run.nowUs }).permitted
  }

  results(words: string): this {
    for (const word of words.trim().split(/\s+/)) this.result(word, 0)
    return this
  }

  result(word: string, durationUs: number): this {
    this.#run.send({ type: word === 'ok' ? 'SUCCESS' : 'FAILURE', nowUs: this.#run.nowUs, durationUs })
    return this
  }

  ignored(): void {
    this.#run.send({ type: 'IGNORED', nowUs: this.#run.nowUs })
  }

  force(to: BreakerState): this {
    this.#run.send({ type: 'FORCE', nowUs: this.#run.nowUs, to })
    return this
  }

  openFor(waitMs: number): void {
    this.#run.send({ type: 'OPEN_FOR', nowUs: this.#run.nowUs, waitUs: waitMs * 1_000 })
  }

  openUntil(untilMs: number): void {
    this.#run.send({ type: 'OPEN_UNTIL', nowUs: this.#run.nowUs, untilUs: Math.round(untilMs * 1_000) })
  }

  reset(): void {
    this.#run.send({ type: 'RESET', nowUs: this.#run.nowUs })
  }
}
