import type { Distribution } from '../../../sim/distribution.ts'

export type DistributionType = Distribution['type']

/** A number of a distribution, as the form shows it. */
export interface DistributionNumber {
  key: string
  label: string
  unit: string
  min: number
  max: number
  whole?: boolean
}

const HOUR_MS = 3_600_000
const ms = (key: string, label: string, min = 0.001): DistributionNumber => ({ key, label, unit: 'ms', min, max: HOUR_MS })

/** Names of the distributions, those people know best first. */
export const DISTRIBUTION_OPTIONS: readonly { value: DistributionType; label: string }[] = [
  { value: 'log-normal', label: 'Typical (log-normal)' },
  { value: 'constant', label: 'Always the same' },
  { value: 'uniform', label: 'Between two times' },
  { value: 'exponential', label: 'Exponential' },
  { value: 'erlang', label: 'In stages (Erlang)' },
  { value: 'hyperexponential', label: 'Mostly fast, at times slow' },
  { value: 'empirical', label: 'Measured values' },
]

/** The numbers each distribution is described with; measured values have a list instead. */
export const DISTRIBUTION_NUMBERS: Readonly<Record<DistributionType, readonly DistributionNumber[]>> = {
  constant: [ms('ms', 'Time', 0)],
  exponential: [ms('meanMs', 'Mean')],
  'log-normal': [ms('p50Ms', 'p50'), ms('p99Ms', 'p99')],
  erlang: [ms('meanMs', 'Mean'), { key: 'stages', label: 'Stages', unit: '', min: 1, max: 100, whole: true }],
  hyperexponential: [
    { key: 'firstPercent', label: 'Fast share', unit: '%', min: 0, max: 100 },
    ms('firstMeanMs', 'Fast mean'),
    ms('secondMeanMs', 'Slow mean'),
  ],
  uniform: [ms('minMs', 'From', 0), ms('maxMs', 'To', 0)],
  empirical: [],
}

/** Another distribution with about the same typical time, so that a change of type does not change the whole picture. */
export function ofType(type: DistributionType, former: Distribution): Distribution {
  const typical = Math.max(0.001, typicalMs(former))
  switch (type) {
    case 'constant':
      return { type, ms: typical }
    case 'exponential':
      return { type, meanMs: typical }
    case 'log-normal':
      return { type, p50Ms: typical, p99Ms: rounded(typical * 3) }
    case 'erlang':
      return { type, stages: 4, meanMs: typical }
    case 'hyperexponential':
      return { type, firstPercent: 90, firstMeanMs: typical, secondMeanMs: rounded(typical * 10) }
    case 'uniform':
      return { type, minMs: rounded(typical / 2), maxMs: rounded(typical * 1.5) }
    case 'empirical':
      return { type, valuesMs: [rounded(typical * 0.8), typical, rounded(typical * 1.5)] }
  }
}

/** A time in the middle of a distribution: its median or mean, whichever it is described with. */
export function typicalMs(distribution: Distribution): number {
  switch (distribution.type) {
    case 'constant':
      return distribution.ms
    case 'exponential':
    case 'erlang':
      return distribution.meanMs
    case 'log-normal':
      return distribution.p50Ms
    case 'hyperexponential':
      return distribution.firstMeanMs
    case 'uniform':
      return rounded((distribution.minMs + distribution.maxMs) / 2)
    case 'empirical':
      return distribution.valuesMs.toSorted((a, b) => a - b)[Math.floor(distribution.valuesMs.length / 2)] ?? 1
  }
}

/** The shape of a distribution: heights of `count` equally wide bins from 0 to `toMs`, the highest 1. */
export function shapeOf(distribution: Distribution, count: number): { toMs: number; heights: number[] } {
  const toMs = Math.max(reachMs(distribution), 0.001)
  const width = toMs / count
  const heights = Array.from({ length: count }, (_, bin) => massIn(distribution, bin * width, (bin + 1) * width))
  const highest = Math.max(...heights, Number.MIN_VALUE)
  return { toMs, heights: heights.map((height) => height / highest) }
}

/** How far the drawing reaches: about 99 % of all values lie below. */
function reachMs(distribution: Distribution): number {
  switch (distribution.type) {
    case 'constant':
      return distribution.ms * 2
    case 'exponential':
      return distribution.meanMs * 4
    case 'log-normal':
      return distribution.p99Ms * 1.1
    case 'erlang':
      return distribution.meanMs * (1 + 3 / Math.sqrt(distribution.stages))
    case 'hyperexponential':
      return Math.max(distribution.firstMeanMs, distribution.secondMeanMs) * 2.5
    case 'uniform':
      return distribution.maxMs * 1.25
    case 'empirical':
      return Math.max(...distribution.valuesMs) * 1.1
  }
}

/** Share of values between two times, as good as a drawing needs it. */
function massIn(distribution: Distribution, fromMs: number, toMs: number): number {
  switch (distribution.type) {
    case 'constant':
      return distribution.ms >= fromMs && distribution.ms < toMs ? 1 : 0
    case 'empirical':
      return distribution.valuesMs.filter((value) => value >= fromMs && value < toMs).length
    case 'uniform':
      return Math.max(0, Math.min(toMs, distribution.maxMs) - Math.max(fromMs, distribution.minMs))
    default:
      return densityAt(distribution, (fromMs + toMs) / 2)
  }
}

type Smooth = Exclude<Distribution, { type: 'constant' | 'empirical' | 'uniform' }>

function densityAt(distribution: Smooth, x: number): number {
  switch (distribution.type) {
    case 'exponential':
      return exponential(distribution.meanMs, x)
    case 'hyperexponential': {
      const share = distribution.firstPercent / 100
      return share * exponential(distribution.firstMeanMs, x) + (1 - share) * exponential(distribution.secondMeanMs, x)
    }
    case 'erlang': {
      const { stages, meanMs } = distribution
      const scaled = (x * stages) / meanMs
      return Math.exp((stages - 1) * Math.log(scaled) - scaled)
    }
    case 'log-normal': {
      const sigma = Math.log(distribution.p99Ms / distribution.p50Ms) / Z99 || 0.01
      const z = Math.log(x / distribution.p50Ms) / sigma
      return Math.exp((-z * z) / 2) / x
    }
  }
}

const Z99 = 2.3263

function exponential(meanMs: number, x: number): number {
  return Math.exp(-x / meanMs) / meanMs
}

function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
