/** The four words of an {@link Sfc32} stream: what a keyframe stores. */
export type PrngState = [number, number, number, number]

/**
 * A small fast counting generator (sfc32, Chris Doty-Humphrey, PractRand). One stream per (component, purpose), so adding a
 * node never disturbs the others and two runs that differ in one setting still share their luck.
 */
export class Sfc32 {
  #a: number
  #b: number
  #c: number
  #counter: number

  constructor(state: PrngState) {
    this.#a = state[0]
    this.#b = state[1]
    this.#c = state[2]
    this.#counter = state[3]
  }

  /** The next 32 random bits, 0 to 2³²−1. */
  nextUint32(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((((this.#c << 21) | (this.#c >>> 11)) | 0) + t) | 0
    return t >>> 0
  }

  /** A number strictly between 0 and 1, in steps of 2⁻³²: safe to take the logarithm of, and never "always" or "never". */
  nextUnit(): number {
    return (this.nextUint32() + 0.5) * 2.3283064365386963e-10
  }

  /** True with the given probability; 0 and below never, 1 and above always. Draws in every case, so streams stay aligned. */
  nextChance(probability: number): boolean {
    return this.nextUnit() < probability
  }

  /** The state, to be stored in a keyframe. */
  save(): PrngState {
    return [this.#a, this.#b, this.#c, this.#counter]
  }

  /** Continues exactly where `state` was saved. */
  restore(state: PrngState): void {
    this.#a = state[0]
    this.#b = state[1]
    this.#c = state[2]
    this.#counter = state[3]
  }
}

/**
 * The stream of one purpose: `createStream(7, 'payments/latency')`. The seed may be any safe integer. The name is mixed in by
 * FNV-1a with a murmur3 finaliser, then twelve rounds are discarded, as the author of sfc32 advises.
 */
export function createStream(seed: number, name: string): Sfc32 {
  const seedLow = seed >>> 0
  const seedHigh = Math.floor(seed / 0x1_0000_0000) >>> 0
  const stream = new Sfc32([
    hashText(name, 0x811c9dc5 ^ seedLow),
    hashText(name, 0x9e3779b9 ^ seedHigh),
    hashText(name, mix32(seedLow ^ mix32(seedHigh))),
    1,
  ])
  for (let round = 0; round < 12; round += 1) stream.nextUint32()
  return stream
}

/** A 32-bit hash of a text's UTF-16 units, starting from `basis`. */
export function hashText(text: string, basis = 0x811c9dc5): number {
  let hash = basis | 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  return mix32(hash)
}

function mix32(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) | 0
}
