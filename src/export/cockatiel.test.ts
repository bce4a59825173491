import { circuitBreaker, ConsecutiveBreaker, CountBreaker, handleAll, isBrokenCircuitError, noop, retry, timeout, TimeoutStrategy, wrap, type IPolicy } from 'cockatiel'
import { describe, expect, it } from 'vitest'
import { breakerSnippet, everyShape } from './testing/breaker-nodes.ts'
import { everyRetryShape, policySnippet, type PolicyShape } from './testing/policy-nodes.ts'
import { loadSnippet } from './testing/run-snippet.ts'
import { typeErrors } from './testing/type-check.ts'
import { VirtualClock } from './testing/virtual-clock.ts'

const COCKATIEL = { target: 'cockatiel' } as const
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The one class of a written policy. */
async function load(shape: PolicyShape, name: string): Promise<new (options: object) => IPolicy> {
  const module = await loadSnippet<Record<string, new (options: object) => IPolicy>>(policySnippet(shape, COCKATIEL))
  return module[name]!
}

describe('code for cockatiel', () => {
  it('type-checks under the strictest settings, whatever is configured', () => {
    const breakers = everyShape().map((shape) => breakerSnippet(shape, {}, 'cockatiel').code)
    const policies = [...everyRetryShape(), ['timeout'] as const].map((shape) => policySnippet(shape, COCKATIEL).code)
    expect([breakers.length, policies.length]).toEqual([216, 37])
    const files = [...breakers, ...policies].map((code, index) => [`file-${index}.ts`, code])
    expect(typeErrors({ ...Object.fromEntries(files), 'user.ts': USER })).toBe('')
  }, 120_000)

  it('fits into wrap() with policies of cockatiel itself, in any order', async () => {
    const clock = new VirtualClock()
    const again = new (await load(['retry', { maximumAttempts: 5, jitter: 'none' }], 'Retry'))({ clock })
    const breaker = new (await load(['circuit-breaker', { slidingWindowSize: 2, minimumNumberOfCalls: 2, fallbackOn: 'none' }], 'CircuitBreaker'))({ clock })
    const limit = new (await load(['timeout', { timeoutMs: 50 }], 'Timeout'))({ clock })
    const seen: string[] = []
    again.onFailure(() => seen.push('the whole failed'))
    breaker.onFailure(() => seen.push('an attempt failed'))
    limit.onSuccess(() => seen.push('never'))
    let asked = 0
    const outcome = wrap(again, noop, breaker, limit)
      .execute(({ signal }) => {
        asked += 1
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))))
      })
      .catch((error: unknown) => error)
    await clock.advance(10_000, quiet)
    expect(isBrokenCircuitError(await outcome)).toBe(true)
    expect(asked).toBe(2)
    expect(seen).toEqual(['an attempt failed', 'an attempt failed', 'the whole failed'])
  })
})

/** What stands in the README of a project, and is why options alone will not do. */
describe('policies of cockatiel itself', () => {
  it('stay closed at exactly the rate, and open on no success', async () => {
    const half = circuitBreaker(handleAll, { halfOpenAfter: 1_000, breaker: new CountBreaker({ size: 4, threshold: 0.5, minimumNumberOfCalls: 4 }) })
    for (const isGood of [false, false, true, true]) await half.execute(() => (isGood ? 1 : Promise.reject(new Error('down')))).catch(() => {})
    expect(half.state).toBe(0)
    const early = circuitBreaker(handleAll, { halfOpenAfter: 1_000, breaker: new CountBreaker({ size: 4, threshold: 0.1, minimumNumberOfCalls: 4 }) })
    for (const isGood of [false, false, false, true]) await early.execute(() => (isGood ? 1 : Promise.reject(new Error('down')))).catch(() => {})
    expect(early.state).toBe(0)
  })

  it('let calls wait for the probes of others', async () => {
    const breaker = circuitBreaker(handleAll, { halfOpenAfter: 0, breaker: new ConsecutiveBreaker(1) })
    await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => {})
    let answer = (_text: string): void => {}
    const probe = breaker.execute(() => new Promise<string>((resolve) => (answer = resolve)))
    let isSettled = false
    const second = breaker.execute(() => 'made later').finally(() => (isSettled = true))
    await quiet()
    expect(isSettled).toBe(false)
    answer('good')
    expect(await Promise.all([probe, second])).toEqual(['good', 'made later'])
  })

  it('ask once more after the caller gave up', async () => {
    const caller = new AbortController()
    let asked = 0
    const request = (): Promise<never> => Promise.reject(new Error(String((asked += 1))))
    let askedThen = 0
    const again = retry(handleAll, { maxAttempts: 5 })
    // It says so when the wait before the second attempt has begun.
    again.onRetry(() => {
      caller.abort()
      askedThen = asked
    })
    await again.execute(request, caller.signal).catch(() => {})
    expect([askedThen, asked]).toEqual([1, 2])
  })

  it('say the same when the caller gave up as when time ran out', async () => {
    const limit = timeout(5, TimeoutStrategy.Aggressive)
    const caller = new AbortController()
    const hang = (): Promise<never> => new Promise(() => {})
    const gaveUp = limit.execute(hang, caller.signal).catch((error: unknown) => error)
    caller.abort()
    const ranOut = limit.execute(hang).catch((error: unknown) => error)
    expect(String(await gaveUp)).toBe(String(await ranOut))
  })
})

/** What somebody writes who uses it. */
const USER = `
import { handleAll, retry, wrap } from 'cockatiel';
import { makeRequest, paymentBreaker } from './file-0.ts';
import { paymentRetry } from './file-216.ts';
import { paymentTimeout, TimeoutError } from './file-252.ts';

const policy = wrap(retry(handleAll, { maxAttempts: 2 }), paymentRetry, paymentBreaker, paymentTimeout);

export async function load(url: string): Promise<number> {
  try {
    const answer = await policy.execute(({ signal }) => fetch(url, { signal }));
    return answer.status;
  } catch (error) {
    return error instanceof TimeoutError ? error.timeoutMs : await makeRequest(() => Promise.resolve(0));
  }
}
`
