import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStream } from '../../base/prng.ts'
import { holds } from '../../sim/testing/property.ts'
import { createArrivals } from './arrivals.ts'
import { clientDefaults, type ClientConfig } from './config.ts'

/** Arrivals up to a time, microseconds. */
function arrivals(config: Partial<ClientConfig>, untilUs: number, seed = 1, most = Infinity): number[] {
  const made = createArrivals({ ...clientDefaults, ...config })!
  const stream = createStream(seed, 'arrival')
  const times: number[] = []
  for (let nowUs = made.nextInUs(0, stream); nowUs <= untilUs && times.length < most; nowUs += made.nextInUs(nowUs, stream)) times.push(nowUs)
  return times
}

/** The number in each tenth of a stretch, against the rate × time of that tenth, at four standard errors. */
function compare(times: readonly number[], untilUs: number, expectedIn: (fromUs: number, toUs: number) => number): void {
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const [fromUs, toUs] = [(tenth * untilUs) / 10, ((tenth + 1) * untilUs) / 10]
    const count = times.filter((us) => us > fromUs && us <= toUs).length
    const expected = expectedIn(fromUs, toUs)
    expect(Math.abs(count - expected), `${fromUs} to ${toUs}: ${count}, expected ${expected}`).toBeLessThan(4 * Math.sqrt(expected) + 1)
  }
}

test.each([
  [10, 400],
  [400, 10],
  [200, 200],
])('a ramp from %d to %d per second: as many in each part of it as its rate says', (ratePerSecond, rampToPerSecond) => {
  const rampUs = 20e6
  const untilEnd = (us: number): number => {
    const share = Math.min(us, rampUs) / rampUs
    return (ratePerSecond + ((rampToPerSecond - ratePerSecond) * share) / 2) * (Math.min(us, rampUs) / 1e6) + (rampToPerSecond * Math.max(0, us - rampUs)) / 1e6
  }
  const times = arrivals({ load: 'ramp', ratePerSecond, rampToPerSecond, rampMs: rampUs / 1_000 }, 30e6)
  compare(times, 30e6, (fromUs, toUs) => untilEnd(toUs) - untilEnd(fromUs))
})

test.each([
  ['short bursts', 100, 1_000, 1_000, 150],
  ['lulls instead of bursts', 900, 50, 700, 200],
  ['bursts without end', 1, 300, 500, 5_000],
])('%s: as many within and between as the rates say', (_name, ratePerSecond, burstPerSecond, burstEveryMs, burstForMs) => {
  const times = arrivals({ load: 'burst', ratePerSecond, burstPerSecond, burstEveryMs, burstForMs }, 60e6)
  const isWithin = (us: number): boolean => us % (burstEveryMs * 1_000) < burstForMs * 1_000
  const shareWithin = Math.min(1, burstForMs / burstEveryMs)
  const [within, between] = [60 * burstPerSecond * shareWithin, 60 * ratePerSecond * (1 - shareWithin)]
  expect(Math.abs(times.filter(isWithin).length - within)).toBeLessThan(4 * Math.sqrt(within) + 1)
  expect(Math.abs(times.filter((us) => !isWithin(us)).length - between)).toBeLessThan(4 * Math.sqrt(between) + 1)
})

test('whatever the rates, however far apart: the next arrival is found at once, lies ahead, and is a whole number', () => {
  const rate = fc.oneof(fc.constantFrom(0.001, 100_000), fc.double({ min: 0.001, max: 100_000, noNaN: true }))
  const ms = fc.oneof(fc.constantFrom(1, 3_600_000), fc.double({ min: 1, max: 3_600_000, noNaN: true }))
  const config = fc.record({ load: fc.constantFrom('ramp' as const, 'burst' as const, 'poisson' as const), ratePerSecond: rate, rampToPerSecond: rate, burstPerSecond: rate, rampMs: ms, burstEveryMs: ms, burstForMs: ms })
  holds(
    fc.property(config, fc.maxSafeInteger(), (given, seed) => {
      let lastUs = 0
      for (const us of arrivals(given, 1e15, seed, 200)) {
        if (!Number.isSafeInteger(us) || us < lastUs) expect.fail(`${us} after ${lastUs}`)
        lastUs = us
      }
    }),
    { runs: 200 },
  )
})
