import { expect, it } from 'vitest'
import { runEndUs } from './run-end.ts'

const S = 1_000_000

it('ends with the blueprint until the run has gone past it, then in steps', () => {
  expect(runEndUs(16 * S, 3 * S)).toBe(16 * S)
  expect(runEndUs(16 * S, 16 * S)).toBe(16 * S)
  expect(runEndUs(16 * S, 16 * S + 1)).toBe(20 * S)
  expect(runEndUs(16 * S, 21 * S)).toBe(25 * S)
  expect(runEndUs(0, 0)).toBe(S)
})
