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
      return ramped(config)
    case 'burst':
      return bursting(config)
    case 'users':
      return undefined
  }
}

/** A Poisson process whose rate changes: draws at the highest rate yet to come and keeps a share (Lewis & Shedler, 1979). */
function ramped({ ratePerSecond, rampToPerSecond, rampMs }: ClientConfig): Arrivals {
  const rateAt = (nowUs: number): number => ratePerSecond + (rampToPerSecond - ratePerSecond) * Math.min(1, nowUs / msToUs(rampMs))
  return {
    nextInUs: (nowUs, stream) => {
      let atUs = nowUs
      let highest = 0
      do {
        highest = Math.max(rateAt(atUs), rampToPerSecond)
        atUs += drawUs(highest, stream)
      } while (!stream.nextChance(rateAt(atUs) / highest))
      return atUs - nowUs
    },
  }
}

/** Two rates in turn. A Poisson process has no memory, so a wait that would pass a change of rate begins anew there. */
function bursting({ ratePerSecond, burstPerSecond, burstEveryMs, burstForMs }: ClientConfig): Arrivals {
  const everyUs = msToUs(burstEveryMs)
  const forUs = Math.min(everyUs, msToUs(burstForMs))
  return {
    nextInUs: (nowUs, stream) => {
      for (let fromUs = nowUs; ; ) {
        const startUs = fromUs - (fromUs % everyUs)
        const isBurst = fromUs - startUs < forUs
        const atUs = fromUs + drawUs(isBurst ? burstPerSecond : ratePerSecond, stream)
        const changeUs = startUs + (isBurst ? forUs : everyUs)
        if (atUs < changeUs) return atUs - nowUs
        fromUs = changeUs
      }
    },
  }
}

function drawUs(ratePerSecond: number, stream: Sfc32): number {
  return Math.round((-US_PER_SECOND / ratePerSecond) * log(stream.nextUnit()))
}
