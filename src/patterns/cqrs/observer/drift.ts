import type { DriftFact } from '../facts.ts'
import type { EventTable } from './event-table.ts'

/** A stretch of time in which a key's view is wrong in the same way. */
interface Stretch extends DriftFact {
  fromUs: number
  untilUs: number
}

const LOOK_BACK = 1_000

/**
 * Compares the view with what it should be: the fold of every event up to the checkpoint. A key whose view has got further than the
 * checkpoint is not judged, for it is about to be handled again.
 */
export class Drift {
  readonly #events: EventTable
  readonly #view = new Map<number, number>()
  /** By key: the highest position in its view. */
  readonly #reached = new Map<number, number>()
  readonly #expected = new Map<number, number>()
  readonly #open = new Map<number, Stretch>()
  readonly #stretches: Stretch[] = []
  #dirty = new Set<number>()
  checkpoint = 0

  constructor(events: EventTable) {
    this.#events = events
  }

  get count(): number {
    return this.#open.size
  }

  /** An event was committed: late, when the checkpoint is beyond it. */
  commit(position: number): void {
    if (position > this.checkpoint) return
    this.#expect(position)
  }

  write(position: number, value: number): void {
    const key = this.#events.key[position]!
    this.#view.set(key, value)
    this.#reached.set(key, Math.max(this.#reached.get(key) ?? 0, position))
    this.#dirty.add(key)
  }

  moveTo(checkpoint: number): void {
    if (checkpoint < this.checkpoint) {
      this.#expected.clear()
      this.checkpoint = 0
    }
    for (let position = this.checkpoint + 1; position <= checkpoint; position += 1) if (this.#events.has(position)) this.#expect(position)
    this.checkpoint = checkpoint
  }

  /** The view was emptied. */
  clear(timeUs: number): void {
    this.#view.clear()
    this.#reached.clear()
    this.#expected.clear()
    this.checkpoint = 0
    this.#dirty.clear()
    for (const stretch of this.#open.values()) stretch.untilUs = timeUs
    this.#open.clear()
  }

  /** Judges the keys that something happened to; gives what is wrong since now. */
  judge(timeUs: number): DriftFact[] {
    if (this.#dirty.size === 0) return []
    const found: DriftFact[] = []
    const later = new Set<number>()
    for (const key of this.#dirty) {
      if ((this.#reached.get(key) ?? 0) > this.checkpoint) {
        later.add(key)
        continue
      }
      const view = this.#view.get(key) ?? 0
      const expected = this.#expected.get(key) ?? 0
      const open = this.#open.get(key)
      if (view === expected) {
        if (open) open.untilUs = timeUs
        this.#open.delete(key)
      } else if (!open || open.view !== view || open.expected !== expected) {
        if (open) open.untilUs = timeUs
        const stretch = { key: key + 1, view, expected, sinceUs: open?.sinceUs ?? timeUs, cause: open?.cause ?? this.#causeOf(key), fromUs: timeUs, untilUs: Infinity }
        this.#open.set(key, stretch)
        this.#stretches.push(stretch)
        if (!open) found.push(stretch)
      }
    }
    this.#dirty = later
    return found
  }

  /** What was wrong at a time. */
  at(nowUs: number): DriftFact[] {
    const wrong = this.#stretches.filter(({ fromUs, untilUs }) => fromUs <= nowUs && nowUs < untilUs)
    return [...new Map(wrong.map(({ key, view, expected, sinceUs, cause }) => [key, { key, view, expected, sinceUs, cause }])).values()]
  }

  #expect(position: number): void {
    const key = this.#events.key[position]!
    this.#expected.set(key, (this.#expected.get(key) ?? 0) + this.#events.amount[position]!)
    this.#dirty.add(key)
  }

  #causeOf(key: number): string {
    const positions = this.#events.byKey.get(key) ?? []
    for (let index = positions.length - 1; index >= Math.max(0, positions.length - LOOK_BACK); index -= 1) {
      const position = positions[index]!
      if (position > this.checkpoint) continue
      const outcome = this.#events.outcome(position)
      if (outcome === 'applied twice') return `event ${position} was applied twice`
      if (outcome === 'suppressed') return `event ${position} was taken for one that was there already`
      if (outcome === 'parked' || outcome === 'skipped') return `event ${position} was ${outcome}`
      if (outcome === 'passed over') return `event ${position} committed where the reader had already been`
      if (outcome === undefined) return `event ${position} never came`
    }
    return 'an earlier event went wrong'
  }
}
