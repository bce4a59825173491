import { pow } from '../../base/math.ts'
import type { Sfc32 } from '../../base/prng.ts'

/** Draws keys from 0 up, by Zipf's law: key k with a weight of 1 / (k + 1)^skew. */
export class KeyDraw {
  readonly #keys: number
  readonly #stream: Sfc32
  /** Share of all draws up to and including each key; undefined when all are alike. */
  readonly #upTo: Float64Array | undefined

  constructor(keys: number, skew: number, stream: Sfc32) {
    this.#keys = keys
    this.#stream = stream
    this.#upTo = skew === 0 || keys === 1 ? undefined : cumulated(keys, skew)
  }

  next(): number {
    const drawn = this.#stream.nextUnit()
    if (!this.#upTo) return Math.floor(drawn * this.#keys)
    let low = 0
    let high = this.#keys - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (drawn < this.#upTo[middle]!) high = middle
      else low = middle + 1
    }
    return low
  }
}

function cumulated(keys: number, skew: number): Float64Array {
  const upTo = new Float64Array(keys)
  let sum = 0
  for (let key = 0; key < keys; key += 1) {
    sum += pow(key + 1, -skew)
    upTo[key] = sum
  }
  return upTo.map((value) => value / sum)
}
