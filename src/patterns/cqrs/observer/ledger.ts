import type { Violation } from '../../pattern.ts'
import { Note, noteAmount, noteCode, noteKey } from '../notes.ts'
import { checkpointOf, type ProjectorConfig } from '../projector/config.ts'
import type { Cast } from './cast.ts'
import { Drift } from './drift.ts'
import { EventTable } from './event-table.ts'
import { Reads } from './reads.ts'
import { TimeRows } from './time-rows.ts'

/** Columns of {@link Ledger.progress}. */
export const Progress = {
  lag: 0, oldestUs: 1, newestUs: 2, ageIntegral: 3, checkpoint: 4, head: 5, committed: 6, zeroSinceUs: 7, oldestPosition: 8, drift: 9, lastCommitUs: 10,
} as const

/** Columns of {@link Ledger.tallies}. */
export const Tally = { conflicts: 0, parked: 1, skipped: 2, passedOver: 3, twice: 4, suppressed: 5, rebuilds: 6 } as const

/** One side of one key over time. */
export interface KeyRows {
  written: TimeRows
  read: TimeRows
}

/** A note as it came. */
interface Noted {
  node: number
  timeUs: number
  request: number
  a: number
  b: number
  c: number
}

/** Everything that happened between the two sides of one projection, up to the furthest time computed. */
export class Ledger {
  readonly cast: Cast
  readonly events = new EventTable()
  readonly reads = new Reads()
  readonly drift = new Drift(this.events)
  readonly progress = new TimeRows(11)
  readonly tallies = new TimeRows(7)
  /** Time spent handling, summed up. */
  readonly busy = new TimeRows(1)
  readonly keys = new Map<number, KeyRows>()
  readonly violations: Violation[] = []
  readonly #checkpoint: ProjectorConfig['checkpoint']
  readonly #nodeIds: readonly string[]
  /** Applied before it was committed, as inline projections do: position → value. */
  readonly #early = new Map<number, number>()
  readonly #value = new Map<number, number>()
  readonly #parked = new Set<number>()
  #overwrite: number | undefined
  #pending = 0
  #newestUs = NaN
  #ageIntegral = 0
  #ageUs = 0
  #zeroSinceUs = 0
  #lastCommitUs = NaN
  /** The key written most. */
  hottest = -1
  /** When the first event became visible; NaN before. */
  firstVisibleUs = NaN

  constructor(cast: Cast, config: ProjectorConfig, nodeIds: readonly string[]) {
    this.cast = cast
    this.#checkpoint = checkpointOf(config)
    this.#nodeIds = nodeIds
  }

  add(note: Noted): void {
    const { node } = note
    const { cast } = this
    if (node === cast.log) this.#fromLog(note)
    else if (node === cast.projector) this.#fromProjector(note)
    else if (node === cast.readModel) this.#fromReadModel(note)
    else if (cast.commandHandlers.has(node)) this.#fromCommands(note)
    else if (cast.queryHandlers.has(node) && noteCode(note.a) === Note.gaveUp) this.reads.gaveUp(note.timeUs)
  }

  /** Events that were ever parked. */
  get parked(): ReadonlySet<number> {
    return this.#parked
  }

  #fromLog({ a, b, c, timeUs, request }: Noted): void {
    const code = noteCode(a)
    if (code === Note.overwrote) this.#overwrite = c
    if (code !== Note.committed) return
    const key = noteKey(a)
    const amount = this.#overwrite ?? noteAmount(a)
    this.#overwrite = undefined
    this.events.commit(b, key, c, amount, timeUs, request)
    const value = (this.#value.get(key) ?? 0) + amount
    this.#value.set(key, value)
    this.#rowsOf(key).written.push(timeUs, [value, c])
    if (this.hottest < 0 || this.events.byKey.get(key)!.length > this.events.byKey.get(this.hottest)!.length) this.hottest = key
    this.drift.commit(b)
    this.#pending += 1
    this.#lastCommitUs = timeUs
    const early = this.#early.get(b)
    if (early !== undefined) this.#apply(b, early, timeUs, request)
    this.#early.delete(b)
    this.#judge(timeUs)
    this.#row(timeUs)
  }

  #fromProjector({ a, b, c, timeUs, request }: Noted): void {
    const code = noteCode(a)
    if (code === Note.checkpoint) return this.#onCheckpoint(b, c, timeUs, request)
    if (code === Note.parked) {
      this.#parked.add(b)
      this.#count(timeUs, Tally.parked)
      this.#resolve(b, 'parked', timeUs)
    } else if (code === Note.skipped) {
      this.#count(timeUs, Tally.skipped)
      this.#resolve(b, 'skipped', timeUs)
    } else if (code === Note.passedOver) {
      this.#count(timeUs, Tally.passedOver)
      this.#resolve(b, 'passed over', timeUs)
      this.#violate(timeUs, 'event lost', `Event ${b} committed where the reader had already been; the view never gets it.`, request)
    } else if (code === Note.rebuild) this.#onRebuild(timeUs)
    else return undefined
    if (this.#checkpoint === 'before' && b === this.drift.checkpoint) this.#judge(timeUs)
    return this.#row(timeUs)
  }

  #fromReadModel({ a, b, c, timeUs, request }: Noted): void {
    const code = noteCode(a)
    if (code === Note.applied) {
      if (this.events.has(b)) this.#apply(b, c, timeUs, request)
      else this.#early.set(b, c)
      if (this.#checkpoint === 'before' && b === this.drift.checkpoint) this.#judge(timeUs)
      this.#row(timeUs)
    } else if (code === Note.suppressed) {
      this.#count(timeUs, Tally.suppressed)
      this.#resolve(b, 'suppressed', timeUs)
      this.#row(timeUs)
    } else if (code === Note.waited) this.reads.waited(timeUs, b)
    else if (code === Note.served) this.#onRead(a, b, c, timeUs, request)
  }

  #fromCommands({ a, b, c, timeUs }: Noted): void {
    const code = noteCode(a)
    if (code === Note.written) this.reads.wrote(b, noteKey(a), c)
    else if (code === Note.conflict) this.#count(timeUs, Tally.conflicts)
  }

  #apply(position: number, value: number, timeUs: number, request: number): void {
    const { events } = this
    const key = events.key[position]!
    const version = events.version[position]!
    const rows = this.#rowsOf(key)
    const before = rows.read.get(rows.read.length - 1, 1)
    const isFirst = this.#resolve(position, 'applied', timeUs)
    if (events.outcome(position) === 'applied twice') this.#count(timeUs, Tally.twice)
    else if (isFirst && version < before) {
      this.#violate(timeUs, 'order broken', `Event ${position}, version ${version} of key ${key + 1}, was applied after version ${before}.`, request)
    }
    rows.read.push(timeUs, [value, Math.max(version, before)])
    this.drift.write(position, value)
    const committedUs = events.committedUs[position]!
    if (!(this.#newestUs >= committedUs)) {
      this.#integrate(timeUs)
      this.#newestUs = committedUs
    }
  }

  /** True when nothing had become of it before. */
  #resolve(position: number, outcome: 'applied' | 'suppressed' | 'parked' | 'skipped' | 'passed over', timeUs: number): boolean {
    if (!this.events.has(position)) return false
    const isFirst = this.events.resolve(position, outcome, timeUs)
    if (isFirst) this.#pending -= 1
    if (isFirst && this.#pending === 0) this.#zeroSinceUs = timeUs
    return isFirst
  }

  #onCheckpoint(position: number, handledUs: number, timeUs: number, request: number): void {
    this.busy.push(timeUs, [this.busy.get(this.busy.length - 1, 0) + handledUs])
    const before = this.drift.checkpoint
    this.drift.moveTo(position)
    if (this.#checkpoint !== 'before') {
      this.#checkEffects(before, position, timeUs, request)
      this.#judge(timeUs)
    }
    this.#row(timeUs)
  }

  /** What the checkpoint says is in the view must have come to something. */
  #checkEffects(before: number, position: number, timeUs: number, request: number): void {
    for (let each = before + 1; each <= position; each += 1) {
      if (!this.events.has(each) || this.events.outcome(each) !== undefined) continue
      this.#violate(timeUs, 'checkpoint ahead', `The checkpoint is at ${position}, and nothing has become of event ${each}.`, request)
    }
  }

  #onRebuild(timeUs: number): void {
    this.events.restart(timeUs)
    this.drift.clear(timeUs)
    this.#pending = this.events.order.length
    for (const { read } of this.keys.values()) if (read.length > 0) read.push(timeUs, [0, 0])
    const last = this.tallies.length - 1
    const keep = (column: number): number => this.tallies.get(last, column)
    this.tallies.push(timeUs, [keep(Tally.conflicts), 0, 0, 0, keep(Tally.twice), keep(Tally.suppressed), keep(Tally.rebuilds) + 1])
  }

  #onRead(a: number, session: number, version: number, timeUs: number, request: number): void {
    const key = noteKey(a)
    const own = this.events.byKey.get(key)
    const committed = own ? this.events.version[own[own.length - 1]!]! : 0
    const broken = this.reads.read(timeUs, session, key, version, committed)
    const { claims } = this.cast
    const whose = `A read of key ${key + 1} by session ${session} got version ${version}`
    if (broken.readYourWrites && claims.readYourWrites && noteAmount(a) === 1) {
      this.#violate(timeUs, 'read your writes', `${whose}; it had written version ${broken.written}.`, request)
    }
    if (broken.monotonicReads && claims.monotonicReads) {
      this.#violate(timeUs, 'monotonic reads', `${whose}; it had read version ${broken.seen} before.`, request)
    }
  }

  #judge(timeUs: number): void {
    for (const { key, view, expected, cause } of this.drift.judge(timeUs)) {
      this.#violate(timeUs, 'drift', `Key ${key} is ${view} in the view and should be ${expected}: ${cause}.`, 0)
    }
  }

  #count(timeUs: number, tally: number): void {
    const last = this.tallies.length - 1
    this.tallies.push(timeUs, Array.from({ length: 7 }, (_, column) => this.tallies.get(last, column) + (column === tally ? 1 : 0)))
  }

  #integrate(timeUs: number): void {
    if (Number.isNaN(this.#newestUs)) this.firstVisibleUs = timeUs
    else this.#ageIntegral += ageBetween(this.#ageUs, timeUs, this.#newestUs)
    this.#ageUs = timeUs
  }

  #row(timeUs: number): void {
    const { events } = this
    const oldest = events.oldestPending()
    const isCaughtUp = oldest > events.head
    this.#integrate(timeUs)
    this.progress.push(timeUs, [
      this.#pending, isCaughtUp ? NaN : events.committedUs[oldest]!, this.#newestUs, this.#ageIntegral, this.drift.checkpoint, events.head,
      events.order.length, this.#zeroSinceUs, oldest, this.drift.count, this.#lastCommitUs,
    ])
  }

  #rowsOf(key: number): KeyRows {
    const known = this.keys.get(key)
    if (known) return known
    const rows = { written: new TimeRows(2), read: new TimeRows(2) }
    this.keys.set(key, rows)
    return rows
  }

  #violate(atUs: number, invariant: string, why: string, request: number): void {
    this.violations.push({ atUs, invariant, node: this.#nodeIds[this.cast.projector]!, why, request })
  }
}

/** The integral of the age of what is `newestUs` old over a stretch of time, µs². */
export function ageBetween(fromUs: number, toUs: number, newestUs: number): number {
  return (toUs - fromUs) * ((fromUs + toUs) / 2 - newestUs)
}
