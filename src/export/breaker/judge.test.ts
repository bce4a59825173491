import { expect, it } from 'vitest'
import type { BreakerConfig } from '../../patterns/circuit-breaker/config.ts'
import { EXPORT_TARGETS } from '../targets.ts'
import { breakerSnippet } from '../testing/breaker-nodes.ts'
import { loadSnippet } from '../testing/run-snippet.ts'
import { VirtualClock } from '../testing/virtual-clock.ts'

const SHAPES: readonly Partial<BreakerConfig>[] = [{ fallbackOn: 'none' }, { fallbackOn: 'rejected-or-failed' }]

it.each(EXPORT_TARGETS)('a judge that throws counts as a failure, and keeps no permit (%s)', async (target) => {
  for (const shape of SHAPES) {
    const snippet = breakerSnippet({ slidingWindowSize: 2, minimumNumberOfCalls: 2, permittedNumberOfCallsInHalfOpenState: 2, waitDurationInOpenStateMs: 100, ...shape }, {}, target)
    const code = snippet.code.replace("return 'failure';", "throw new TypeError('judge');")
    expect(code).not.toBe(snippet.code)
    const { CircuitBreaker } = await loadSnippet({ ...snippet, code })
    const clock = new VirtualClock()
    const states: string[] = []
    const breaker = new CircuitBreaker({ clock, onTransition: (_from, to) => states.push(to) })
    const fail = () => breaker.call(() => Promise.reject(new Error('down')), () => 'fallback').catch((error: Error) => error.message)
    const both = async (): Promise<unknown[]> => [await fail(), await fail()]
    const told = shape.fallbackOn === 'none' ? 'down' : 'fallback'
    expect(await both()).toEqual([told, told])
    await clock.advance(101, async () => {})
    expect(await both()).toEqual([told, told])
    expect(states).toEqual(['OPEN', 'HALF_OPEN', 'OPEN'])
    await clock.advance(202, async () => {})
    const answer = () => breaker.call(async () => 'answer', () => 'fallback')
    expect([await answer(), await answer()]).toEqual(['answer', 'answer'])
    expect(breaker.state).toBe('CLOSED')
  }
})
