import { log } from '../../base/math.ts'
import type { Sfc32 } from '../../base/prng.ts'
import { US_PER_SECOND, msToUs } from '../../base/time.ts'
import type { ClientConfig } from './config.ts'

/** Decides when the next request of an open load comes. */
export interface Arrivals {
  /** Microseconds from `nowUs`, the last arrival or 0, to the next one. */
  nextInUs(nowUs: number, stream: Sfc32): number
}

/** The arrivals of an open load; undefined for users, who ask when they have thought. */
export function createArrivals(config: ClientConfig): Arrivals | undefined {
  switch (config.load) {
    case 'poisson': {
      const meanUs = US_PER_SECOND / config.ratePerSecond
      return { nextInUs: (_now, stream) => Math.round(-meanUs * log(stream.nextUnit())) }
    }
    case 'constant': {
      const everyUs = US_PER_SECOND / config.ratePerSecond
      // On the grid of whole intervals from 0, not from the last arrival: rounding must not add up.
      return { nextInUs: (nowUs) => Math.round((Math.round(nowUs / everyUs) + 1) * everyUs) - nowUs }
    }
    case 'ramp':
      return thinned(Math.max(config.ratePerSecond, config.rampToPerSecond), (nowUs) => {
        const share = Math.min(1, nowUs / msToUs(config.rampMs))
        return config.ratePerSecond + (config.rampToPerSecond - config.ratePerSecond) * share
      })
    case 'burst':
      return thinned(Math.max(config.ratePerSecond, config.burstPerSecond), (nowUs) =>
        nowUs % msToUs(config.burstEveryMs) < msToUs(config.burstForMs) ? config.burstPerSecond : config.ratePerSecond,
      )
    case 'users':
      return undefined
  }
}

/** A Poisson process whose rate changes: draws at the highest rate and keeps a share (Lewis & Shedler, 1979). */
function thinned(maxPerSecond: number, rateAt: (nowUs: number) => number): Arrivals {
  const meanUs = US_PER_SECOND / maxPerSecond
  return {
    nextInUs: (nowUs, stream) => {
      let atUs = nowUs
      do atUs += Math.round(-meanUs * log(stream.nextUnit()))
      while (!stream.nextChance(rateAt(atUs) / maxPerSecond))
      return atUs - nowUs
    },
  }
}
