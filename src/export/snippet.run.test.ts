import { describe, expect, it } from 'vitest'
import { createStream } from '../base/prng.ts'
import { breakerDefaults, type BreakerConfig } from '../patterns/circuit-breaker/config.ts'
import { breakerSnippet, everyShape } from './testing/breaker-nodes.ts'
import { codeSubject, machineSubject, playTrace, randomTrace } from './testing/breaker-traces.ts'
import { HOSTILE } from './testing/hostile.ts'
import { loadSnippet } from './testing/run-snippet.ts'

describe('the written breaker', () => {
  it('admits the same calls and changes state at the same times as the machine it stands for', async () => {
    const stream = createStream(42, 'export/conformance')
    const draw = (from: number, to: number): number => from + Math.floor(stream.nextUnit() * (to - from + 1))
    let changes = 0
    for (const shape of everyShape()) {
      const config: BreakerConfig = {
        ...breakerDefaults,
        slidingWindowSize: draw(1, 12),
        minimumNumberOfCalls: draw(1, 14),
        failureRateThreshold: [33.3, 50, 66.7, 100][draw(0, 3)]!,
        waitDurationInOpenStateMs: draw(100, 2_500),
        permittedNumberOfCallsInHalfOpenState: draw(1, 5),
        ...shape,
      }
      const trace = randomTrace(stream, 250)
      const expected = await playTrace(machineSubject(config), trace)
      const actual = await playTrace(codeSubject(await loadSnippet(breakerSnippet(config))), trace)
      expect(actual, JSON.stringify(config)).toEqual(expected)
      changes += expected.changes.length
    }
    expect(changes).toBeGreaterThan(2_000)
  })

  it('answers with the fallback of the article', async () => {
    const { makeRequest } = await loadSnippet(breakerSnippet({ slidingWindowSize: 2, minimumNumberOfCalls: 2 }))
    const fail = (): Promise<string> => Promise.reject(new Error('down'))
    expect(await makeRequest(() => Promise.resolve('fine'))).toBe('fine')
    expect(await makeRequest(fail)).toEqual({ message: 'Fallback response' })
    let isAsked = false
    const request = (): Promise<string> => {
      isAsked = true
      return Promise.resolve('fine')
    }
    expect(await makeRequest(request)).toEqual({ message: 'Fallback response' })
    expect(isAsked).toBe(false)
  })

  it('refuses with a typed error where there is no fallback', async () => {
    const module = await loadSnippet(breakerSnippet({ slidingWindowSize: 1, minimumNumberOfCalls: 1, fallbackOn: 'none' }))
    await expect(module.makeRequest(() => Promise.reject(new Error('down')))).rejects.toThrow('down')
    await expect(module.makeRequest(() => Promise.resolve(1))).rejects.toMatchObject({ name: 'CircuitOpenError' })
  })

  it('hands on what the dependency threw where only refused calls get the fallback', async () => {
    const module = await loadSnippet(breakerSnippet({ slidingWindowSize: 1, minimumNumberOfCalls: 1, fallbackOn: 'rejected' }))
    await expect(module.makeRequest(() => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect(await module.makeRequest(() => Promise.resolve(1))).toEqual({ message: 'Fallback response' })
  })

  it('gives back hostile labels as data and runs none of them', async () => {
    for (const text of HOSTILE) {
      const snippet = breakerSnippet(
        { fallbackMessage: text, slidingWindowSize: 1, minimumNumberOfCalls: 1 },
        { label: text, protects: text, drawing: text },
      )
      expect(snippet.fileName).toMatch(/^[a-z0-9-]{1,40}\.ts$/)
      const { fallingBack } = await loadSnippet(snippet)
      expect(fallingBack?.()).toEqual({ message: text.toWellFormed() })
    }
    expect(Reflect.get(globalThis, 'broken')).toBeUndefined()
  })
})
