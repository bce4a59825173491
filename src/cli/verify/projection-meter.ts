import { defined } from '../../base/assert.ts'
import { NumberColumn } from '../../base/stats.ts'
import { Note, noteCode, noteKey } from '../../patterns/cqrs/conformance.ts'
import { RecordKind } from '../../sim/record.ts'
import type { Reader, RunNames } from './blueprints.ts'
import type { Window } from './station.ts'

/** Reads of one type: how many there were, and by how many versions of their key they were behind. */
export interface Reads {
  count: number
  /** Did not have what their own write had brought about. */
  withoutOwn: number
  /** Reads behind by that many versions. */
  behind: number[]
}

const US_PER_S = 1e6
/** More than there can be keys. */
const KEYS_MAX = 1e6

/** Reads how a view follows its log: each event from its commit until the view has it, and what reads saw meanwhile. */
export class ProjectionMeter implements Reader {
  /** Time from the commit until the view had it, of events that the view got in the window, microseconds. */
  readonly lags = new NumberColumn()
  /** Age of the newest event that the view has, over the time measured: seconds², and seconds. */
  ageSum = 0
  measuredS = 0
  /** Events committed that the view does not have. */
  pending = 0
  readonly #names: RunNames
  readonly #window: Window
  /** By request type. */
  readonly #reads: Reads[]
  readonly #committedUs = new Map<number, number>()
  readonly #latest = new Map<number, number>()
  /** Versions by the request that wrote them, until it is answered; then by session and key, until that is read. */
  readonly #versionOf = new Map<number, number>()
  readonly #ownVersion = new Map<number, number>()
  /** Types of requests under way, by number. */
  readonly #typeOf = new Map<number, number>()
  #newestUs = -1
  #lastUs = 0

  constructor(names: RunNames, window: Window) {
    this.#names = names
    this.#window = window
    this.#reads = names.requestTypes.map(() => ({ count: 0, withoutOwn: 0, behind: [] }))
  }

  /** What reads of this request type saw. */
  reads(type: string): Reads {
    return defined(this.#reads[this.#names.requestTypes.indexOf(type)], `request type ${type}`)
  }

  read(timeUs: number, kind: number, _node: number, request: number, _call: number, a: number, b: number, c: number): void {
    // A client's own call has no parent's number other than that of the request itself, 0.
    if (kind === RecordKind.call && c === 0) this.#typeOf.set(request, b)
    else if (kind === RecordKind.result) this.#typeOf.delete(request)
    else if (kind === RecordKind.note) this.#note(timeUs, request, a, b, c)
  }

  #note(timeUs: number, request: number, a: number, b: number, c: number): void {
    const code = noteCode(a)
    if (code === Note.committed) this.#commit(timeUs, request, noteKey(a), b, c)
    else if (code === Note.applied) this.#apply(timeUs, b)
    else if (code === Note.written) this.#accept(request, b * KEYS_MAX + noteKey(a))
    else if (code === Note.served) this.#serve(timeUs, request, noteKey(a), b, c)
  }

  #commit(timeUs: number, request: number, key: number, position: number, version: number): void {
    this.#committedUs.set(position, timeUs)
    this.#latest.set(key, version)
    this.#versionOf.set(request, version)
    this.pending += 1
  }

  #apply(timeUs: number, position: number): void {
    const committedUs = this.#committedUs.get(position)
    if (committedUs === undefined) return
    this.#committedUs.delete(position)
    this.pending -= 1
    if (this.#isMeasured(timeUs)) this.lags.push(timeUs - committedUs)
    this.#grow(timeUs)
    this.#newestUs = Math.max(this.#newestUs, committedUs)
  }

  #accept(request: number, sessionAndKey: number): void {
    const version = this.#versionOf.get(request)
    this.#versionOf.delete(request)
    if (version !== undefined) this.#ownVersion.set(sessionAndKey, version)
  }

  #serve(timeUs: number, request: number, key: number, session: number, version: number): void {
    const sessionAndKey = session * KEYS_MAX + key
    const own = this.#ownVersion.get(sessionAndKey) ?? 0
    if (own > 0) this.#ownVersion.delete(sessionAndKey)
    const reads = this.#reads[this.#typeOf.get(request) ?? -1]
    if (!reads || !this.#isMeasured(timeUs)) return
    const behind = (this.#latest.get(key) ?? 0) - version
    reads.count += 1
    reads.behind[behind] = (reads.behind[behind] ?? 0) + 1
    if (version < own) reads.withoutOwn += 1
  }

  /** The view's information gets older until something new comes. */
  #grow(timeUs: number): void {
    const fromUs = Math.max(this.#lastUs, this.#window.fromUs)
    const untilUs = Math.min(timeUs, this.#window.untilUs)
    this.#lastUs = timeUs
    if (untilUs <= fromUs || this.#newestUs < 0) return
    const [from, until] = [(fromUs - this.#newestUs) / US_PER_S, (untilUs - this.#newestUs) / US_PER_S]
    this.ageSum += (until * until - from * from) / 2
    this.measuredS += until - from
  }

  #isMeasured(timeUs: number): boolean {
    return timeUs > this.#window.fromUs && timeUs <= this.#window.untilUs
  }
}

/** How far a view is behind when its projection goes on after a stop, and how long until it has everything. */
export class CatchUpMeter implements Reader {
  readonly backlogs = new NumberColumn()
  /** Microseconds. */
  readonly times = new NumberColumn()
  readonly #view: ProjectionMeter
  /** −1: not catching up. */
  #resumedUs = -1

  constructor(names: RunNames) {
    this.#view = new ProjectionMeter(names, { fromUs: 0, untilUs: 0 })
  }

  read(timeUs: number, kind: number, node: number, request: number, call: number, a: number, b: number, c: number): void {
    this.#view.read(timeUs, kind, node, request, call, a, b, c)
    if (kind === RecordKind.fault) this.#onFault(timeUs, b === 1)
    if (this.#resumedUs < 0 || this.#view.pending > 0) return
    this.times.push(timeUs - this.#resumedUs)
    this.#resumedUs = -1
  }

  #onFault(timeUs: number, begins: boolean): void {
    this.#resumedUs = begins ? -1 : timeUs
    if (!begins) this.backlogs.push(this.#view.pending)
  }
}
