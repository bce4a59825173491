import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { throttle } from './throttle.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('works at once, then at most once per interval, and never loses the last call', () => {
  const work = vi.fn()
  const throttled = throttle(work, 80)
  throttled()
  expect(work).toHaveBeenCalledTimes(1)
  throttled()
  throttled()
  expect(work).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_000)
  expect(work).toHaveBeenCalledTimes(2)
})

it('works within the calls that keep coming, not in timers between them', () => {
  let isCalling = false
  const work = vi.fn(() => expect(isCalling).toBe(true))
  const throttled = throttle(work, 80)
  for (let call = 0; call < 30; call += 1) {
    isCalling = true
    throttled()
    isCalling = false
    vi.advanceTimersByTime(33)
  }
  expect(work.mock.calls.length).toBeGreaterThan(8)
  throttled.cancel()
})

it('forgets what waits when cancelled', () => {
  const work = vi.fn()
  const throttled = throttle(work, 80)
  throttled()
  throttled()
  throttled.cancel()
  vi.advanceTimersByTime(1_000)
  expect(work).toHaveBeenCalledTimes(1)
})
