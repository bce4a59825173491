import type { SliceEvent, SliceRun } from '../../export/project/index.ts'
import { Note, noteAmount, noteCode, noteKey } from '../../patterns/cqrs/conformance.ts'
import { RecordKind, recordTimeUs } from '../../sim/record.ts'
import type { Reader } from './reader.ts'

const US_PER_MS = 1_000
/** What a batch does not reach over. */
const BOUNDS: ReadonlySet<SliceEvent['what']> = new Set(['applied', 'emptied', 'gap'])
const NOTHING = { position: 0, key: 0, version: 0, amount: 0, conflicts: 0 }

/** The nodes of a slice by their numbers in the trace; −1 for what the drawing does not have. */
export interface SliceNodes {
  log: number
  commands: number
  projector: number
  readModel: number
}

/** Reads the trace for one slice: what was appended, and what first became of each event in the view. */
export class SliceReader implements Reader {
  readonly #nodes: SliceNodes
  readonly #isInline: boolean
  readonly #events: SliceEvent[] = []
  /** By position, what was appended; and applied before it was committed, as inline projections do. */
  readonly #appended = new Map<number, SliceEvent>()
  readonly #early = new Set<number>()
  /** Positions of which it is known what became of them, since the view was last empty. */
  readonly #resolved = new Set<number>()
  readonly #lost = new Set<number>()
  /** Conflicts that a request's command has met so far. */
  readonly #conflicts = new Map<number, number>()
  #added: number | undefined
  /** Of what was applied. */
  #highest = 0
  #checkpoint = 0

  constructor(nodes: SliceNodes, isInline: boolean) {
    this.#nodes = nodes
    this.#isInline = isInline
  }

  add(words: Int32Array, at: number): void {
    if ((words[at + 2]! & 0xff) !== RecordKind.note) return
    const node = words[at + 2]! >>> 8
    const { log, commands, projector, readModel } = this.#nodes
    const atMs = recordTimeUs(words, at) / US_PER_MS
    const [request, a, b, c] = [words[at + 3]!, words[at + 5]!, words[at + 6]!, words[at + 7]!]
    if (node === log) this.#fromLog(atMs, request, a, b, c)
    else if (node === commands && noteCode(a) === Note.conflict) this.#conflicts.set(request, (this.#conflicts.get(request) ?? 0) + 1)
    else if (node === projector) this.#fromProjector(atMs, noteCode(a), b, c)
    else if (node === readModel) this.#fromReadModel(atMs, noteCode(a), b)
  }

  result(): SliceRun {
    const missing = [...this.#appended.keys()].filter((position) => position <= this.#checkpoint && !this.#resolved.has(position))
    return { events: this.#events, lost: [...new Set([...this.#lost, ...missing])] }
  }

  #fromLog(atMs: number, request: number, a: number, position: number, c: number): void {
    const code = noteCode(a)
    if (code === Note.overwrote) this.#added = c
    if (code !== Note.committed) return
    const amount = this.#added ?? noteAmount(a)
    const event: SliceEvent = {
      atMs, what: 'appended', position, key: noteKey(a) + 1, version: c, amount, conflicts: this.#conflicts.get(request) ?? 0,
    }
    this.#added = undefined
    this.#conflicts.delete(request)
    this.#appended.set(position, event)
    this.#events.push(event)
    if (this.#early.delete(position)) this.#resolve(atMs, 'applied', position)
  }

  #fromProjector(atMs: number, code: number, b: number, c: number): void {
    if (code === Note.checkpoint) this.#checkpoint = b
    else if (code === Note.parked) this.#resolve(atMs, 'parked', b)
    else if (code === Note.skipped) this.#resolve(atMs, 'skipped', b)
    else if (code === Note.passedOver) this.#resolved.add(b)
    // Within an append a failure takes the whole append back.
    else if (code === Note.failed && !this.#isInline && !this.#resolved.has(b)) this.#tell(atMs, 'failed', b)
    else if (code === Note.gap) this.#tell(atMs, 'gap', c + 1)
    else if (code === Note.gapSkipped) this.#tell(atMs, 'gapSkipped', c)
    else if (code === Note.rebuild) {
      this.#resolved.clear()
      this.#highest = 0
      this.#checkpoint = 0
      this.#tell(atMs, 'emptied', 0)
    }
  }

  #fromReadModel(atMs: number, code: number, position: number): void {
    if (code === Note.applied && !this.#appended.has(position)) this.#early.add(position)
    else if (code === Note.applied) this.#resolve(atMs, 'applied', position)
    // Known before it ever came: its stream had overtaken it on the way.
    else if (code === Note.suppressed && !this.#resolved.has(position)) this.#lose(position)
  }

  /** Only what first became of an event counts: repeats come from the way, and the code reads the log itself. */
  #resolve(atMs: number, what: 'applied' | 'parked' | 'skipped', position: number): void {
    if (this.#resolved.has(position)) return
    if (position < this.#highest) return this.#lose(position)
    this.#resolved.add(position)
    if (what === 'applied') this.#highest = position
    this.#tell(atMs, what, position)
    if (what === 'applied') this.#toItsPlace(this.#events.length - 1)
  }

  /** A batch is applied after all of it was handled: what was set aside before is told of at its own place. */
  #toItsPlace(last: number): void {
    const events = this.#events
    const { position } = events[last]!
    let place = last
    for (let at = last - 1; at >= 0 && !BOUNDS.has(events[at]!.what); at -= 1) {
      if (events[at]!.what !== 'appended' && events[at]!.position > position) place = at
    }
    if (place === last) return
    const atMs = events[place]!.atMs
    events.splice(place, 0, { ...events.pop()!, atMs })
  }

  #lose(position: number): void {
    this.#resolved.add(position)
    this.#lost.add(position)
  }

  #tell(atMs: number, what: SliceEvent['what'], position: number): void {
    this.#events.push({ ...NOTHING, atMs, what, position })
  }
}
