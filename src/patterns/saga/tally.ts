const CHECKPOINT_EVERY = 256

/** Counters that can be read as they were at any time: every change is kept, and now and then all of them. */
export class Tally {
  readonly #now: number[]
  readonly #timesUs: number[] = []
  /** One up in `to`, one down in `from`, −1 for none: from + 1 | (to + 1) << 12. */
  readonly #moves: number[] = []
  readonly #checkpoints: number[][] = []

  /** @param start the counters at time 0; at most 4,000. */
  constructor(start: readonly number[]) {
    this.#now = [...start]
    this.#checkpoints.push([...start])
  }

  /** Takes one from a counter and gives it to another; −1 is nowhere. Times never go back. */
  move(timeUs: number, from: number, to: number): void {
    this.#timesUs.push(timeUs)
    this.#moves.push((from + 1) | ((to + 1) << 12))
    apply(this.#now, from, to)
    if (this.#moves.length % CHECKPOINT_EVERY === 0) this.#checkpoints.push([...this.#now])
  }

  /** All counters as they were at the end of `nowUs`. */
  at(nowUs: number): number[] {
    const end = countUpTo(this.#timesUs, nowUs)
    const checkpoint = Math.floor(end / CHECKPOINT_EVERY)
    const counts = [...this.#checkpoints[checkpoint]!]
    for (let index = checkpoint * CHECKPOINT_EVERY; index < end; index += 1) {
      const move = this.#moves[index]!
      apply(counts, (move & 0xfff) - 1, (move >>> 12) - 1)
    }
    return counts
  }
}

function apply(counts: number[], from: number, to: number): void {
  if (from >= 0) counts[from]! -= 1
  if (to >= 0) counts[to]! += 1
}

/** How many of `timesUs`, which never go back, are at or before `nowUs`. */
export function countUpTo(timesUs: readonly number[], nowUs: number): number {
  let low = 0
  let high = timesUs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (timesUs[middle]! <= nowUs) low = middle + 1
    else high = middle
  }
  return low
}
