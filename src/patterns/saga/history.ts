import { countUpTo } from './tally.ts'

/** A note as it was written. */
export interface KeptNote {
  timeUs: number
  request: number
  a: number
  b: number
  c: number
}

/** Every note of every saga, in order of time; those of one saga linked from the last one back. */
export class SagaHistory {
  readonly #timesUs: number[] = []
  readonly #requests: number[] = []
  readonly #sagas: number[] = []
  readonly #a: number[] = []
  readonly #b: number[] = []
  readonly #c: number[] = []
  readonly #before: number[] = []
  readonly #lastOf = new Map<number, number>()
  /** Sagas of a request, in the order they began: a request that is tried again begins another one. */
  readonly #ofRequest = new Map<number, number[]>()

  /** @param saga serial number of the call that started it. */
  add(timeUs: number, request: number, saga: number, a: number, b: number, c: number): void {
    const before = this.#lastOf.get(saga)
    if (before === undefined) this.#ofRequest.set(request, [...(this.#ofRequest.get(request) ?? []), saga])
    this.#lastOf.set(saga, this.#timesUs.length)
    this.#timesUs.push(timeUs)
    this.#requests.push(request)
    this.#sagas.push(saga)
    this.#a.push(a)
    this.#b.push(b)
    this.#c.push(c)
    this.#before.push(before ?? -1)
  }

  /** The last notes of the sagas in which something happened last, up to `nowUs`, the latest first. */
  latest(nowUs: number, max: number): KeptNote[] {
    const seen = new Set<number>()
    const found: KeptNote[] = []
    for (let row = countUpTo(this.#timesUs, nowUs) - 1; row >= 0 && found.length < max; row -= 1) {
      const saga = this.#sagas[row]!
      if (!seen.has(saga)) found.push(this.#note(row))
      seen.add(saga)
    }
    return found
  }

  /** Notes of the request's latest saga that had begun by `nowUs`, up to then, oldest first. */
  of(request: number, nowUs: number): KeptNote[] {
    for (const saga of (this.#ofRequest.get(request) ?? []).toReversed()) {
      const notes: KeptNote[] = []
      for (let row = this.#lastOf.get(saga)!; row >= 0; row = this.#before[row]!) if (this.#timesUs[row]! <= nowUs) notes.push(this.#note(row))
      if (notes.length > 0) return notes.toReversed()
    }
    return []
  }

  #note(row: number): KeptNote {
    return { timeUs: this.#timesUs[row]!, request: this.#requests[row]!, a: this.#a[row]!, b: this.#b[row]!, c: this.#c[row]! }
  }
}
