import type { ProjectorConfig } from './config.ts'

/** A position at which nothing came yet. */
interface Gap {
  position: number
  sinceUs: number
}

/** What a keyframe stores of {@link Arrivals}. */
export interface ArrivalsState {
  highest: number
  gaps: readonly Gap[]
  passed: readonly number[]
  held: readonly Held[]
}

/** An event that stands above a gap. */
interface Held {
  position: number
  call: number
}

/** What to do with an event that just came. */
export type Verdict = 'handle' | 'hold' | 'passed over'

/** Which positions a projection was given: notices gaps, and keeps what stands above them for as long as they are waited for. */
export class Arrivals {
  /** Highest position that ever came. */
  highest = 0
  /** Lowest position missing below the event that came last, when it left a gap; else 0. */
  gapFrom = 0
  readonly #waits: boolean
  /** Waited for, lowest first. */
  #gaps: Gap[] = []
  /** Read past: what comes there comes too late. */
  #passed = new Set<number>()
  #held: Held[] = []

  constructor(gapHandling: ProjectorConfig['gapHandling']) {
    this.#waits = gapHandling !== 'ignore'
  }

  /** Time since when the oldest gap is waited for; Infinity when none is. */
  get waitingSinceUs(): number {
    return this.#gaps[0]?.sinceUs ?? Infinity
  }

  /**
   * An event came. Read from the log itself, one below the position reached is never looked for; off a bus it is handled, late.
   */
  arrive(position: number, call: number, isFromLog: boolean, nowUs: number): Verdict {
    this.gapFrom = 0
    if (position > this.highest) {
      if (position > this.highest + 1) this.#leaveGap(position, nowUs)
      this.highest = position
    } else if (this.#passed.delete(position)) {
      if (isFromLog) return 'passed over'
    } else this.#gaps = this.#gaps.filter((gap) => gap.position !== position)
    const gap = this.#gaps[0]
    if (!gap || gap.position > position) return 'handle'
    const at = this.#held.findIndex((held) => held.position > position)
    this.#held = this.#held.toSpliced(at < 0 ? this.#held.length : at, 0, { position, call })
    return 'hold'
  }

  /** The next held event that nothing is missing below; −1 when there is none. */
  release(): number {
    const first = this.#held[0]
    if (!first || first.position > (this.#gaps[0]?.position ?? Infinity)) return -1
    this.#held = this.#held.slice(1)
    return first.call
  }

  /** Gives up gaps waited for since then or before; those positions, lowest first. */
  giveUp(sinceUs: number): number[] {
    const given = this.#gaps.filter((gap) => gap.sinceUs <= sinceUs).map(({ position }) => position)
    this.#gaps = this.#gaps.filter((gap) => gap.sinceUs > sinceUs)
    for (const position of given) this.#passed.add(position)
    return given
  }

  /** What is held is lost, and nothing waited for. */
  drop(): void {
    this.#gaps = []
    this.#held = []
  }

  /** Everything above the position is forgotten and will come again. */
  restart(position: number): void {
    this.highest = position
    this.drop()
    this.#passed = new Set([...this.#passed].filter((passed) => passed < position))
  }

  /** As if nothing had ever come. */
  forget(): void {
    this.restart(0)
    this.#passed.clear()
  }

  save(): ArrivalsState {
    return { highest: this.highest, gaps: this.#gaps, passed: [...this.#passed], held: this.#held }
  }

  restore(state: ArrivalsState): void {
    this.highest = state.highest
    this.#gaps = [...state.gaps]
    this.#passed = new Set(state.passed)
    this.#held = [...state.held]
  }

  #leaveGap(position: number, sinceUs: number): void {
    this.gapFrom = this.highest + 1
    for (let missing = this.gapFrom; missing < position; missing += 1) {
      if (this.#waits) this.#gaps = [...this.#gaps, { position: missing, sinceUs }]
      else this.#passed.add(missing)
    }
  }
}
