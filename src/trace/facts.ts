import type { NodeStats, TransitionFact } from '../patterns/pattern.ts'

/** One change of state, ready for people: the transition history, the timeline's bands, beats and the sim command use it. */
export interface Transition extends TransitionFact {
  /** Position among all records of the run; sorts and identifies. */
  index: number
  atUs: number
  node: string
  /** One sentence. */
  why: string
  /** The request and the call that caused it; 0 when nobody's did. */
  request: number
  call: number
}

/** A node at one instant. */
export interface NodeFrame {
  id: string
  kind: string
  /** Leaf state of its machine, as `OPEN` or `up.busy`. */
  state: string
  /** Its machine's context: plain data. */
  context: unknown
  stats: NodeStats
  /** What its observer tells of this instant; undefined for kinds without one. */
  facts: unknown
}

/** What clients got, bucket by bucket. All arrays have one entry per bucket, the last one still filling. */
export interface Series {
  bucketUs: number
  buckets: number
  /** `counts[type][outcome][bucket]`: how many requests of a type ended that way. */
  counts: number[][][]
  /** Latency in ms over ok and fallback answers of the second before the bucket's end; NaN where there were none. */
  p50: number[]
  p95: number[]
  p99: number[]
}
