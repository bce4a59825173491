import { exp, log, normalQuantile } from '../base/math.ts'
import type { Sfc32 } from '../base/prng.ts'
import { msToUs } from '../base/time.ts'

/** How long something takes, as people describe it. All times in milliseconds, 0 and above. */
export type Distribution =
  | { type: 'constant'; ms: number }
  | { type: 'exponential'; meanMs: number }
  /** Fitted so that half of all values lie below p50 and 99 % below p99. */
  | { type: 'log-normal'; p50Ms: number; p99Ms: number }
  /** The sum of `stages` exponentials: steadier the more stages. */
  | { type: 'erlang'; stages: number; meanMs: number }
  /** Mostly one exponential, at times another: a fast path and a slow one. */
  | { type: 'hyperexponential'; firstPercent: number; firstMeanMs: number; secondMeanMs: number }
  | { type: 'uniform'; minMs: number; maxMs: number }
  /** Draws one of the given values, each as likely as the next. */
  | { type: 'empirical'; valuesMs: number[] }

/** Draws whole microseconds. Uses only portable arithmetic, so every browser draws the same. */
export interface Sampler {
  /** Set when every draw is the same; lets the kernel take its cheap path. */
  readonly constantUs: number | undefined
  sampleUs(stream: Sfc32): number
  readonly meanMs: number
}

const Z99 = 2.3263478740408408

/** The sampler of a checked distribution. */
export function createSampler(distribution: Distribution): Sampler {
  switch (distribution.type) {
    case 'constant':
      return constant(distribution.ms)
    case 'exponential':
      return sampler(distribution.meanMs, exponential(distribution.meanMs))
    case 'log-normal':
      return logNormal(distribution.p50Ms, distribution.p99Ms)
    case 'erlang':
      return erlang(distribution.stages, distribution.meanMs)
    case 'hyperexponential':
      return hyperexponential(distribution)
    case 'uniform':
      return uniform(distribution.minMs, distribution.maxMs)
    case 'empirical':
      return empirical(distribution.valuesMs)
  }
}

type DrawMs = (stream: Sfc32) => number

function sampler(meanMs: number, drawMs: DrawMs): Sampler {
  return { constantUs: undefined, meanMs, sampleUs: (stream) => msToUs(drawMs(stream)) }
}

function constant(ms: number): Sampler {
  const us = msToUs(ms)
  return { constantUs: us, meanMs: ms, sampleUs: () => us }
}

function exponential(meanMs: number): DrawMs {
  return (stream) => -meanMs * log(stream.nextUnit())
}

function logNormal(p50Ms: number, p99Ms: number): Sampler {
  if (p99Ms <= p50Ms) return constant(p50Ms)
  const mu = log(p50Ms)
  const sigma = (log(p99Ms) - mu) / Z99
  return sampler(exp(mu + (sigma * sigma) / 2), (stream) => exp(mu + sigma * normalQuantile(stream.nextUnit())))
}

function erlang(stages: number, meanMs: number): Sampler {
  const draw = exponential(meanMs / stages)
  return sampler(meanMs, (stream) => {
    let sum = 0
    for (let stage = 0; stage < stages; stage += 1) sum += draw(stream)
    return sum
  })
}

function hyperexponential(shape: Extract<Distribution, { type: 'hyperexponential' }>): Sampler {
  const share = shape.firstPercent / 100
  const first = exponential(shape.firstMeanMs)
  const second = exponential(shape.secondMeanMs)
  const meanMs = share * shape.firstMeanMs + (1 - share) * shape.secondMeanMs
  return sampler(meanMs, (stream) => (stream.nextChance(share) ? first(stream) : second(stream)))
}

function uniform(minMs: number, maxMs: number): Sampler {
  return sampler((minMs + maxMs) / 2, (stream) => minMs + (maxMs - minMs) * stream.nextUnit())
}

function empirical(valuesMs: readonly number[]): Sampler {
  const meanMs = valuesMs.reduce((sum, value) => sum + value, 0) / valuesMs.length
  return sampler(meanMs, (stream) => valuesMs[Math.floor(stream.nextUnit() * valuesMs.length)] ?? 0)
}
