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

/*
 * A Poisson process whose rate changes: draw how much rate × time must pass until the next arrival, then find out when it has.
 * One draw per arrival, whatever the rates.
 */

function ramped({ ratePerSecond, rampToPerSecond, rampMs }: ClientConfig): Arrivals {
  const endUs = msToUs(rampMs)
  const growth = (rampToPerSecond - ratePerSecond) / endUs
  return {
    nextInUs: (nowUs, stream) => {
      const amount = drawAmount(stream)
      const leftUs = Math.max(0, endUs - nowUs)
      const rate = rampToPerSecond - growth * leftUs
      const untilEnd = ((rate + rampToPerSecond) / 2) * leftUs
      if (amount > untilEnd) return Math.round(leftUs + (amount - untilEnd) / rampToPerSecond)
      // Below 0 only by rounding, where a steep ramp ends.
      const squared = Math.max(0, rate * rate + 2 * growth * amount)
      return Math.round((2 * amount) / (rate + Math.sqrt(squared)))
    },
  }
}

function bursting({ ratePerSecond, burstPerSecond, burstEveryMs, burstForMs }: ClientConfig): Arrivals {
  const everyUs = msToUs(burstEveryMs)
  const forUs = Math.min(everyUs, msToUs(burstForMs))
  const perBurst = burstPerSecond * forUs
  const perCycle = perBurst + ratePerSecond * (everyUs - forUs)
  return {
    nextInUs: (nowUs, stream) => {
      const phaseUs = nowUs % everyUs
      const before = phaseUs < forUs ? burstPerSecond * phaseUs : perBurst + ratePerSecond * (phaseUs - forUs)
      const amount = before + drawAmount(stream)
      const cycles = Math.floor(amount / perCycle)
      const rest = amount - cycles * perCycle
      const atUs = rest < perBurst ? rest / burstPerSecond : forUs + (rest - perBurst) / ratePerSecond
      return Math.max(0, Math.round(cycles * everyUs + atUs - phaseUs))
    },
  }
}

/** Exponential with mean 1, in requests per second × microseconds. */
function drawAmount(stream: Sfc32): number {
  return -US_PER_SECOND * log(stream.nextUnit())
}
