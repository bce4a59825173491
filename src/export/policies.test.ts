import { describe, expect, it } from 'vitest'
import { expectGolden } from '../sim/testing/golden.ts'
import { breakerSnippet } from './testing/breaker-nodes.ts'
import { HOSTILE } from './testing/hostile.ts'
import { everyRetryShape, policySnippet } from './testing/policy-nodes.ts'
import { loadSnippet } from './testing/run-snippet.ts'
import { VirtualClock } from './testing/virtual-clock.ts'

interface RetryModule {
  Retry: new (options: object) => { call: (request: (signal: AbortSignal) => Promise<string>, signal?: AbortSignal) => Promise<string> }
}

describe('the written retry', () => {
  it('says what it is for and how it is set', () => {
    const { code, fileName } = policySnippet(['retry', { maximumAttempts: 5, jitter: 'equal' }])
    expect(fileName).toBe('payment-retry.ts')
    expect(code).toContain('Payment retry: asks Payments again after a failure.')
    expect(code).toContain('* Waits        100 ms, ×2 each further time up to 10 s')
    expect(code).toContain('const MAXIMUM_ATTEMPTS = 5;')
    expect(code).toContain('return paymentRetry.call(request, signal);')
  })

  it('leaves out what is not configured', () => {
    const plain = policySnippet(['retry', { backoffCoefficient: 1, jitter: 'none' }]).code
    for (const word of ['BACKOFF', 'LONGEST', 'random', '#waitMs']) expect(plain).not.toContain(word)
  })

  it('gives up at once, without an attempt, for a caller who has given up', async () => {
    const { Retry } = await loadSnippet<RetryModule>(policySnippet(['retry']))
    let asked = 0
    const request = (): Promise<string> => Promise.resolve(String((asked += 1)))
    await expect(new Retry({ clock: new VirtualClock() }).call(request, AbortSignal.abort('gone'))).rejects.toBe('gone')
    expect(asked).toBe(0)
  })

  it('makes no further attempt when the caller gives up during one, or while being told', async () => {
    const { Retry } = await loadSnippet<RetryModule>(policySnippet(['retry']))
    for (const when of ['during', 'told'] as const) {
      const caller = new AbortController()
      const onRetry = (): void => caller.abort('enough')
      let asked = 0
      const request = (): Promise<string> => {
        asked += 1
        if (when === 'during') caller.abort('enough')
        return Promise.reject(new Error('down'))
      }
      await expect(new Retry({ clock: new VirtualClock(), onRetry }).call(request, caller.signal)).rejects.toBeDefined()
      expect(asked).toBe(1)
    }
  })
})

describe('the written policies', () => {
  it('read as the golden files do', () => {
    expectGolden(new URL('golden/payment-retry.ts.txt', import.meta.url), policySnippet(['retry']).code)
    expectGolden(new URL('golden/payment-timeout.ts.txt', import.meta.url), policySnippet(['timeout']).code)
    expectGolden(new URL('golden/payment-breaker-cockatiel.ts.txt', import.meta.url), breakerSnippet({}, {}, 'cockatiel').code)
  })

  it('keep the part a person edits short, and every line readable', () => {
    for (const shape of [...everyRetryShape(), ['timeout'] as const]) {
      const lines = policySnippet(shape).code.split('\n')
      const edited = lines.findIndex((line) => line.startsWith('// ---'))
      expect(edited).toBeLessThanOrEqual(60)
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100)
    }
  })

  it('take hostile labels as data and run none of them', async () => {
    for (const text of HOSTILE) {
      for (const [kind, target] of [['retry', 'zero-dep'], ['timeout', 'zero-dep'], ['retry', 'cockatiel'], ['timeout', 'cockatiel']] as const) {
        const snippet = policySnippet([kind, {}, text], { target, protects: text, drawing: text })
        expect(snippet.fileName).toMatch(/^[a-z0-9-]{1,40}\.ts$/)
        const { makeRequest } = await loadSnippet<{ makeRequest: (request: () => Promise<string>) => Promise<string> }>(snippet)
        expect(await makeRequest(() => Promise.resolve('fine'))).toBe('fine')
      }
    }
    expect(Reflect.get(globalThis, 'broken')).toBeUndefined()
  })
})
