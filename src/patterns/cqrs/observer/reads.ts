import { US_PER_SECOND } from '../../../base/time.ts'
import { TimeRows } from './time-rows.ts'

/** Reads this many versions behind, or more, count as one. */
export const STALENESS_MAX = 20
const RECENT_US = 2 * US_PER_SECOND
const SESSION = 0x2_0000

const Column = { stale: 0, readYourWrites: 1, monotonic: 2, behind: 3 } as const
const Waiting = { count: 0, sumUs: 1, timeouts: 2 } as const

/** What a read broke of what sessions may expect; see Terry et al., Session Guarantees (1994). */
export interface Broken {
  readYourWrites: boolean
  monotonicReads: boolean
  /** The version the session had written, or had read before. */
  written: number
  seen: number
}

/** Every answered read of a projection: how old it was, and what its session could have expected. */
export class Reads {
  readonly #rows = new TimeRows(4)
  readonly #waits = new TimeRows(3)
  /** By session and key. */
  readonly #written = new Map<number, number>()
  readonly #seen = new Map<number, number>()
  /** Reads up to a row, by how far behind they were: goes along with the time asked for. */
  #counted: { row: number; counts: number[] } = { row: -1, counts: newCounts() }

  wrote(session: number, key: number, version: number): void {
    const id = session * SESSION + key
    this.#written.set(id, Math.max(this.#written.get(id) ?? 0, version))
  }

  read(timeUs: number, session: number, key: number, version: number, committed: number): Broken {
    const id = session * SESSION + key
    const written = this.#written.get(id) ?? 0
    const seen = this.#seen.get(id) ?? 0
    this.#seen.set(id, Math.max(seen, version))
    const broken = { readYourWrites: version < written, monotonicReads: version < seen, written, seen }
    const last = this.#rows.length - 1
    const behind = Math.max(0, committed - version)
    this.#rows.push(timeUs, [
      this.#rows.get(last, Column.stale) + (behind > 0 ? 1 : 0),
      this.#rows.get(last, Column.readYourWrites) + (broken.readYourWrites ? 1 : 0),
      this.#rows.get(last, Column.monotonic) + (broken.monotonicReads ? 1 : 0),
      behind,
    ])
    return broken
  }

  waited(timeUs: number, us: number): void {
    this.#addWait(timeUs, [1, us, 0])
  }

  gaveUp(timeUs: number): void {
    this.#addWait(timeUs, [0, 0, 1])
  }

  facts(nowUs: number) {
    const row = this.#rows.at(nowUs)
    const before = this.#rows.at(nowUs - RECENT_US)
    const waits = this.#waits.at(nowUs)
    const count = this.#waits.get(waits, Waiting.count)
    const stale = this.#rows.get(row, Column.stale)
    return {
      reads: row + 1,
      staleReads: stale,
      recentStalePercent: row === before ? NaN : (100 * (stale - this.#rows.get(before, Column.stale))) / (row - before),
      readYourWriteViolations: this.#rows.get(row, Column.readYourWrites),
      monotonicReadViolations: this.#rows.get(row, Column.monotonic),
      staleness: this.#histogram(row),
      waits: { count, meanMs: count === 0 ? NaN : this.#waits.get(waits, Waiting.sumUs) / count / 1_000, timeouts: this.#waits.get(waits, Waiting.timeouts) },
    }
  }

  /** Share of stale reads in a stretch, percent; NaN when nobody read. */
  stalePercent(fromUs: number, toUs: number): number {
    const row = this.#rows.at(toUs)
    const before = this.#rows.at(fromUs)
    return row === before ? NaN : (100 * (this.#rows.get(row, Column.stale) - this.#rows.get(before, Column.stale))) / (row - before)
  }

  #addWait(timeUs: number, added: readonly number[]): void {
    const last = this.#waits.length - 1
    this.#waits.push(timeUs, added.map((value, column) => this.#waits.get(last, column) + value))
  }

  #histogram(row: number): number[] {
    if (row < this.#counted.row) this.#counted = { row: -1, counts: newCounts() }
    const { counts } = this.#counted
    for (let next = this.#counted.row + 1; next <= row; next += 1) {
      const behind = Math.min(STALENESS_MAX, this.#rows.get(next, Column.behind))
      counts[behind] = counts[behind]! + 1
    }
    this.#counted.row = row
    return counts.slice()
  }
}

function newCounts(): number[] {
  return Array.from({ length: STALENESS_MAX + 1 }, () => 0)
}
