import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { holds } from '../sim/testing/property.ts'
import { msToUs, parseDurationMs, usToMs } from './time.ts'

test('whole microseconds survive the way to milliseconds and back, up to a day and far beyond', () => {
  holds(
    fc.property(fc.integer({ min: 0, max: 10 ** 15 }), (us) => {
      expect(msToUs(usToMs(us))).toBe(us)
    }),
    { runs: 1_000 },
  )
})

test('a duration may carry its unit; without one it is seconds', () => {
  const read = ['60s', '60', '1500ms', '2m', '1h', ' 1.5 s ', '0', '0.25ms'].map((text) => parseDurationMs(text))
  expect(read).toEqual([60_000, 60_000, 1_500, 120_000, 3_600_000, 1_500, 0, 0.25])
})

test('what is no duration is undefined', () => {
  for (const text of ['', ' ', 's', '-1s', '+1s', '1e3', '1.', '.5s', 'NaN', 'Infinity', '1 min', '1s2', '١s', '0x10', '1,5s']) {
    expect(parseDurationMs(text), JSON.stringify(text)).toBeUndefined()
  }
})
