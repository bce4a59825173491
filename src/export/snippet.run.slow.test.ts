import { describe, expect, it } from 'vitest'
import { createStream } from '../base/prng.ts'
import { breakerDefaults, type BreakerConfig } from '../patterns/circuit-breaker/config.ts'
import { EXPORT_TARGETS } from './targets.ts'
import { breakerSnippet, everyShape } from './testing/breaker-nodes.ts'
import { codeSubject, machineSubject, playTrace, randomTrace } from './testing/breaker-traces.ts'
import { HOSTILE } from './testing/hostile.ts'
import { loadSnippet } from './testing/run-snippet.ts'

describe.each(EXPORT_TARGETS)('the written breaker (%s)', (target) => {
  const load = (config: Partial<BreakerConfig>) => loadSnippet(breakerSnippet(config, {}, target))

  it('admits the same calls and changes state at the same times as the machine it stands for', async () => {
    const stream = createStream(42, 'export/conformance')
    const draw = (from: number, to: number): number => from + Math.floor(stream.nextUnit() * (to - from + 1))
    let changes = 0
    let traces = 0
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
      const module = await load(config)
      for (const trace of [randomTrace(stream, 100), randomTrace(stream, 100)]) {
        const expected = await playTrace(machineSubject(config), trace)
        expect(await playTrace(codeSubject(module), trace), JSON.stringify(config)).toEqual(expected)
        changes += expected.changes.length
        traces += 1
      }
    }
    expect(traces).toBeGreaterThan(400)
    expect(changes).toBeGreaterThan(2_000)
  }, 60_000)

  it('answers with the fallback of the article', async () => {
    const { makeRequest } = await load({ slidingWindowSize: 2, minimumNumberOfCalls: 2 })
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
    const module = await load({ slidingWindowSize: 1, minimumNumberOfCalls: 1, fallbackOn: 'none' })
    await expect(module.makeRequest(() => Promise.reject(new Error('down')))).rejects.toThrow('down')
    await expect(module.makeRequest(() => Promise.resolve(1))).rejects.toMatchObject({ name: 'CircuitOpenError' })
  })

  it('hands on what the dependency threw where only refused calls get the fallback', async () => {
    const module = await load({ slidingWindowSize: 1, minimumNumberOfCalls: 1, fallbackOn: 'rejected' })
    await expect(module.makeRequest(() => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect(await module.makeRequest(() => Promise.resolve(1))).toEqual({ message: 'Fallback response' })
  })

  it('gives back hostile labels as data and runs none of them', async () => {
    for (const text of HOSTILE) {
      const snippet = breakerSnippet(
        { fallbackMessage: text, slidingWindowSize: 1, minimumNumberOfCalls: 1 },
        { label: text, protects: text, drawing: text },
        target,
      )
      expect(snippet.fileName).toMatch(/^[a-z0-9-]{1,40}\.ts$/)
      const { fallingBack } = await loadSnippet(snippet)
      expect(fallingBack?.()).toEqual({ message: text.toWellFormed() })
    }
    expect(Reflect.get(globalThis, 'broken')).toBeUndefined()
  })
})
