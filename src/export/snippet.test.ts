import { describe, expect, it } from 'vitest'
import { generateSnippet, hasSnippet } from './index.ts'
import { EXPORT_TARGETS } from './targets.ts'
import { breakerBlueprint, breakerSnippet, everyShape } from './testing/breaker-nodes.ts'

describe('generateSnippet', () => {
  it('has code for kinds that have some, and the same code each time', () => {
    const blueprint = breakerBlueprint({})
    expect(generateSnippet(blueprint, 'service')).toBeUndefined()
    expect(generateSnippet(blueprint, 'nobody')).toBeUndefined()
    expect(hasSnippet('circuit-breaker')).toBe(true)
    expect(generateSnippet(blueprint, 'breaker')).toEqual(generateSnippet(breakerBlueprint({}), 'breaker'))
  })

  it('says what it protects and how it is set', () => {
    const { code, fileName } = breakerSnippet({ waitDurationInOpenStateMs: 2_500 })
    expect(fileName).toBe('payment-breaker.ts')
    expect(code).toContain('Payment breaker: protects Payments.')
    expect(code).toContain('* Stays open   2.5 s')
    expect(code).toContain('const OPEN_MS = 2_500;')
    expect(code).toContain("return { message: 'Fallback response' };")
    expect(code).toContain('return paymentBreaker.call(request, fallingBack);')
  })

  it('leaves out what is not configured', () => {
    const plain = breakerSnippet({ fallbackOn: 'none' }).code
    for (const word of ['SLOW', 'SECONDS', 'fallingBack', 'setTimeout', 'GROWTH', 'HALF_OPEN_MS_MAX']) expect(plain).not.toContain(word)
    const full = breakerSnippet({
      slidingWindowType: 'TIME_BASED', slowCallRateThreshold: 80, waitMultiplier: 2, waitMaxMs: 60_000,
      maxWaitDurationInHalfOpenStateMs: 1_000,
    }).code
    for (const word of ['SLOW_CALL_MS', 'WINDOW_SECONDS', 'fallingBack', 'setTimeout', 'OPEN_GROWTH = 2', 'HALF_OPEN_MS_MAX']) {
      expect(full).toContain(word)
    }
  })

  it('clamps waits that grow without a limit to what a timer can count, whatever the target', () => {
    const clamp = 'setTimeout(task, Math.min(delayMs, 2_147_483_647));'
    for (const target of EXPORT_TARGETS) {
      expect(breakerSnippet({ waitMultiplier: 10, waitMaxMs: 0, automaticTransitionFromOpenToHalfOpen: true }, {}, target).code).toContain(clamp)
    }
  })

  it('keeps the part a person edits short and every line readable', () => {
    for (const shape of everyShape()) {
      const lines = breakerSnippet(shape).code.split('\n')
      const edited = lines.findIndex((line) => line.startsWith('// ---'))
      const code = lines.slice(lines.indexOf(' */') + 1, edited).filter((line) => line.trim() !== '')
      expect(code.length).toBeLessThanOrEqual(60)
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100)
      expect(lines.filter((line) => /\s$/.test(line))).toEqual([])
    }
  })
})
