import { describe, expect, it } from 'vitest'
import { sagaDefaults, type SagaStep } from '../../patterns/saga/config.ts'
import { expectGolden } from '../../sim/testing/golden.ts'
import { HOSTILE } from '../testing/hostile.ts'
import { loadSnippet } from '../testing/run-snippet.ts'
import { sagaSnippet } from '../testing/saga-nodes.ts'
import { everySagaShape } from '../testing/saga-shapes.ts'

describe('the code of a saga', () => {
  it('reads as the golden file does', () => {
    expectGolden(new URL('../golden/order-saga.ts.txt', import.meta.url), sagaSnippet({}).code)
  })

  it('carries the names of the article', () => {
    const { code, fileName } = sagaSnippet({})
    expect(fileName).toBe('order-saga.ts')
    for (const word of ['class OrderSaga', 'reserveInventory(order: Order', 'releaseInventory', 'chargeCustomer', 'refundCustomer', 'shipOrder', 'completeOrder']) {
      expect(code).toContain(word)
    }
  })

  it('leaves out what is not configured', () => {
    const steps = sagaDefaults.steps.map(
      (step): SagaStep => ({ ...step, compensation: undefined, startToCloseMs: undefined, kind: 'query', retry: { ...step.retry, maximumAttempts: 1 } }),
    )
    const { code } = sagaSnippet({ steps, logDurable: false })
    for (const word of ['undo:', 'AbortSignal', 'Retry', 'Clock', 'SagaLog', 'PIVOT', 'parked', 'Deadline', 'random']) expect(code).not.toContain(word)
  })

  it('keeps the part a person edits short and every line readable', () => {
    for (const shape of everySagaShape()) {
      const lines = sagaSnippet(shape).code.split('\n')
      const edited = lines.findIndex((line) => line.startsWith('// ---'))
      const code = lines.slice(lines.indexOf(' */') + 1, edited).filter((line) => line.trim() !== '')
      expect(code.length, JSON.stringify(shape)).toBeLessThanOrEqual(shape.steps ? 85 : 60)
      expect(lines.filter((line) => line.length > 100)).toEqual([])
      expect(lines.filter((line) => /\s$/.test(line))).toEqual([])
    }
  })

  it.each(['zero-dep', 'xstate'] as const)('gives hostile names of steps safe names that differ, and runs none of them (%s)', async (target) => {
    const template = sagaDefaults.steps[0]!
    for (const text of HOSTILE) {
      const step = (name: string, undo: string): SagaStep => ({ ...template, name, compensation: { ...template.compensation!, name: undo } })
      const snippet = sagaSnippet({ steps: [step(text, text), step(`${text} `, `${text}!`)] }, text, text, target)
      expect(snippet.fileName).toMatch(/^[a-z0-9-]{1,40}\.ts$/)
      const names = [...snippet.code.matchAll(/name: '(\w+)'/g)].map(([, name]) => name?.toLowerCase())
      expect(new Set(names).size).toBe(4)
      const module = await loadSnippet<Record<string, unknown>>(snippet)
      expect(Object.keys(module).some((name) => name.endsWith('Saga'))).toBe(true)
    }
    expect(Reflect.get(globalThis, 'broken')).toBeUndefined()
  })
})
