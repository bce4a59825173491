/** What one replication says of one figure; what many say together is an estimate. */
export type Reading = MeanReading | MomentsReading | QuantileReading | LargestReading

/** The mean over `count` cases, or the ratio of two quantities. A share is a mean of noughts and ones. */
export interface MeanReading {
  type: 'mean'
  sum: number
  count: number
  /** Every case is a whole number: counts, and shares. */
  isWhole?: boolean
  /** Cases are only those of which something else is true, and there may be few. */
  isConditional?: boolean
}

export interface MomentsReading {
  type: 'deviation' | 'variance' | 'scv'
  count: number
  sum: number
  squares: number
  isConditional?: boolean
}

export interface QuantileReading {
  type: 'quantile'
  /** 0.95 for the 95th percentile. */
  q: number
  values: Float64Array
  isConditional?: boolean
}

/** Something that must not become larger than expected. */
export interface LargestReading {
  type: 'largest'
  value: number
}

/** The figures of one replication by key. */
export type Readings = Readonly<Record<string, Reading>>

/** A blueprint or several, to be run again and again with other luck. */
export interface Experiment {
  replicate(seed: number): Readings
}

/** The share of `count` cases that are so. */
export function share(sum: number, count: number, isConditional = false): MeanReading {
  return { type: 'mean', sum, count, isWhole: true, isConditional }
}

/** The mean of whole numbers. */
export const meanCount = share

export function mean(sum: number, count: number, isConditional = false): MeanReading {
  return { type: 'mean', sum, count, isConditional }
}

/** A quantity per unit of time. */
export function rate(sum: number, time: number): MeanReading {
  return { type: 'mean', sum, count: time }
}

export function quantile(values: Float64Array, q: number, isConditional = false): QuantileReading {
  return { type: 'quantile', q, values, isConditional }
}

export function meanOf(values: Float64Array): MeanReading {
  return mean(sumOf(values), values.length)
}

export function moments(type: MomentsReading['type'], values: Float64Array): MomentsReading {
  return { type, count: values.length, sum: sumOf(values), squares: values.reduce((sum, value) => sum + value * value, 0) }
}

export function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** 0.95 of `p95` and 0.999 of `p999`: the digits behind the point. */
export function quantileOf(key: string): number | undefined {
  const digits = /(?:^|_)p(\d+)(?:_|$)/.exec(key)?.[1]
  const q = digits === undefined ? NaN : Number(`0.${digits}`)
  return q > 0 && q < 1 ? q : undefined
}
