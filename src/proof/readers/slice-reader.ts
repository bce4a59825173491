import type { ProjectorSettings } from '../../export/cqrs/settings.ts'
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

/** What of its configs the reading of a slice depends on. */
export interface SliceTraits extends Pick<ProjectorSettings, 'lifecycle' | 'onError' | 'maximumRetries'> {
  /** Its log may leave positions empty. */
  hasGaps: boolean
  /** An append writes its own part of the view, whatever is missing before it. */
  takesOwn: boolean
}

/** Reads the trace for one slice: what was appended, and what first became of each event in the view. */
export class SliceReader implements Reader {
  readonly #nodes: SliceNodes
  readonly #traits: SliceTraits
  readonly #events: SliceEvent[] = []
  /** By position, what was appended; and what became of it before it was committed, as in inline projections. */
  readonly #appended = new Map<number, SliceEvent>()
  readonly #early = new Map<number, 'applied' | 'parked' | 'skipped'>()
  /** Positions of which it is known what became of them, since the view was last empty. */
  readonly #resolved = new Set<number>()
  readonly #lost = new Set<number>()
  /** Committed, but not waited for any longer. */
  readonly #givenUp = new Set<number>()
  /** Came when it was read past already. */
  readonly #passed = new Set<number>()
  /** What was appended before the view was last built anew, and where that is told. */
  #beforeRebuild: ReadonlySet<number> = new Set()
  #rebuiltAt = -1
  /** All until the view was first built anew. */
  #first: SliceRun | undefined
  /** By the call of an append, that of its command; and by the call of a command, the conflicts it has met so far. */
  readonly #commandOf = new Map<number, number>()
  readonly #conflicts = new Map<number, number>()
  /** By position, how many failures of its present round were seen. */
  readonly #failures = new Map<number, number>()
  #leftOut = 0
  #added: number | undefined
  /** Of what was applied. */
  #highest = 0
  #checkpoint = 0
  /** Of what came to the projector while it waited for one before it. */
  #heldUp = 0

  constructor(nodes: SliceNodes, traits: SliceTraits) {
    this.#nodes = nodes
    this.#traits = traits
  }

  add(words: Int32Array, at: number): void {
    const kind = words[at + 2]! & 0xff
    const node = words[at + 2]! >>> 8
    const { log, commands, projector, readModel } = this.#nodes
    const atMs = recordTimeUs(words, at) / US_PER_MS
    const [call, a, b, c] = [words[at + 4]!, words[at + 5]!, words[at + 6]!, words[at + 7]!]
    if (kind === RecordKind.call && node === commands) this.#commandOf.set(call, c)
    if (kind !== RecordKind.note) return
    if (node === log) this.#fromLog(atMs, call, a, b, c)
    else if (node === commands && noteCode(a) === Note.conflict) this.#conflicts.set(call, b)
    // Nothing is stored: what a projector does there is part of each read.
    else if (this.#traits.lifecycle === 'live') return
    else if (node === projector) this.#fromProjector(atMs, noteCode(a), b, c)
    else if (node === readModel) this.#fromReadModel(atMs, noteCode(a), b)
  }

  result(): SliceRun {
    const run = this.#soFar()
    const first = this.#first
    // What the way lost for one view and not for the other: the code reads the log itself, twice the same. And where
    // appends take their own part of a view, the code builds it anew only while nobody appends.
    if (!first || !(this.#traits.takesOwn || contradictsItself(run))) return run
    return { ...first, leftOut: (first.leftOut ?? 0) + run.events.length - first.events.length }
  }

  #soFar(): SliceRun {
    const open = [...this.#appended.keys()].filter((position) => !this.#resolved.has(position) && !this.#failures.has(position))
    const next = this.#checkpoint + 1
    // What came after it is held up by it, until the end.
    const isAwaited = next <= this.#heldUp && open.includes(next)
    // A batch that stopped in the middle is not in the view; the code keeps what was handled before that.
    const stoppedAt = this.#traits.hasGaps ? 0 : Math.max(0, ...[...this.#failures.keys()].filter((position) => !this.#resolved.has(position)))
    if (this.#traits.lifecycle === 'inline') return this.#withOpenAppends(open)
    const missing = open.filter((position) => position < Math.max(next, stoppedAt) || (isAwaited && position === next))
    const leftOut = this.#leftOut + (isAwaited ? open.filter((position) => position > next).length : 0)
    const passed = open.filter((position) => this.#passed.has(position))
    return { events: this.#events.slice(), lost: [...new Set([...this.#lost, ...missing, ...passed])], ...(leftOut > 0 && { leftOut }) }
  }

  /** The view of some was still to be written, which the code does with the append. */
  #withOpenAppends(open: readonly number[]): SliceRun {
    const applied = (event: SliceEvent): SliceEvent => ({ ...NOTHING, atMs: event.atMs, what: 'applied', position: event.position })
    const left = new Set(open)
    const isOpen = ({ what, position }: SliceEvent): boolean => what === 'appended' && left.has(position)
    const leftOut = this.#leftOut + open.length
    return { events: this.#events.flatMap((event) => (isOpen(event) ? [event, applied(event)] : [event])), lost: [...this.#lost], ...(leftOut > 0 && { leftOut }) }
  }

  #fromLog(atMs: number, call: number, a: number, position: number, c: number): void {
    const code = noteCode(a)
    if (code === Note.overwrote) this.#added = c
    // What was done within it is taken back with it.
    if (code === Note.rolledBack) this.#takeBack()
    if (code !== Note.committed) return
    const amount = this.#added ?? noteAmount(a)
    const command = this.#commandOf.get(call) ?? 0
    const event: SliceEvent = {
      atMs, what: 'appended', position, key: noteKey(a) + 1, version: c, amount, conflicts: this.#conflicts.get(command) ?? 0,
    }
    this.#added = undefined
    this.#commandOf.delete(call)
    this.#conflicts.delete(command)
    this.#appended.set(position, event)
    this.#events.push(event)
    this.#tellEarly(atMs, position)
  }

  #takeBack(): void {
    for (const position of this.#failures.keys()) if (!this.#appended.has(position)) this.#failures.delete(position)
    this.#early.clear()
  }

  /** Of what happened within an append, when it is done. */
  #tellEarly(atMs: number, position: number): void {
    const { onError, maximumRetries } = this.#traits
    const early = this.#early.get(position)
    this.#early.delete(position)
    if (!early) return
    const failures = this.#failures.get(position) ?? 0
    const isByHand = onError === 'stop' && failures > maximumRetries
    // The code gives up its command there, and nobody can lend it a hand.
    if (isByHand) this.#leftOut += failures
    else for (let failure = 0; failure < failures; failure += 1) this.#tell(atMs, 'failed', position)
    if (isByHand && early === 'skipped') this.#lose(position)
    else this.#resolve(atMs, early, position)
  }

  #fromProjector(atMs: number, code: number, b: number, c: number): void {
    if (code === Note.checkpoint) this.#checkpoint = b
    else if (code === Note.parked) this.#became(atMs, 'parked', b)
    else if (code === Note.skipped) this.#became(atMs, 'skipped', b)
    else if (code === Note.passedOver) {
      if (this.#givenUp.has(b)) this.#lose(b)
      else this.#passed.add(b)
    }
    else if (code === Note.failed && !this.#resolved.has(b)) this.#failed(atMs, b, c)
    else if (code === Note.gap) this.#gap(atMs, c + 1)
    else if (code === Note.gapSkipped) this.#gapSkipped(atMs, b, c)
    else if (code === Note.rebuild) {
      this.#first ??= this.#soFar()
      this.#beforeRebuild = new Set(this.#appended.keys())
      this.#rebuiltAt = this.#events.length
      this.#resolved.clear()
      this.#passed.clear()
      this.#highest = 0
      this.#checkpoint = 0
      this.#heldUp = 0
      this.#tell(atMs, 'emptied', 0)
    }
  }

  #became(atMs: number, what: 'parked' | 'skipped', position: number): void {
    if (this.#appended.has(position)) this.#resolve(atMs, what, position)
    else this.#early.set(position, what)
  }

  /** @param count how often it failed since its handling began anew. */
  #failed(atMs: number, position: number, count: number): void {
    const { lifecycle, onError, maximumRetries } = this.#traits
    const before = this.#failures.get(position) ?? 0
    this.#failures.set(position, count)
    if (lifecycle === 'inline') return
    // Handled once more after a pause, though all retries were used up: whoever starts the code again starts it anew.
    if (count > 1 && count <= before) {
      this.#leftOut += 1
      return
    }
    if (count === 1 && onError !== 'retry' && before > 0 && before <= maximumRetries) this.#leaveOut(position, before)
    this.#tell(atMs, 'failed', position)
  }

  /** Failures that a crash made it forget. */
  #leaveOut(position: number, failures: number): void {
    for (let left = failures; left > 0; left -= 1) {
      this.#events.splice(this.#events.findLastIndex((event) => event.what === 'failed' && event.position === position), 1)
    }
    this.#leftOut += failures
  }

  /** Where the log has no gaps, it is the way that left one: the code reads the log itself. */
  #gap(atMs: number, position: number): void {
    this.#heldUp = Math.max(this.#heldUp, position)
    if (this.#traits.hasGaps) this.#tell(atMs, 'gap', position)
  }

  #gapSkipped(atMs: number, first: number, last: number): void {
    for (let position = first; position <= last; position += 1) {
      if (this.#appended.has(position) && !this.#resolved.has(position)) this.#givenUp.add(position)
    }
    if (this.#traits.hasGaps) this.#tell(atMs, 'gapSkipped', last)
  }

  #fromReadModel(atMs: number, code: number, position: number): void {
    if (code === Note.applied && !this.#appended.has(position)) this.#early.set(position, 'applied')
    else if (code === Note.applied) this.#resolve(atMs, 'applied', position)
    else if (code === Note.suppressed && !this.#resolved.has(position)) this.#suppressed(position)
  }

  /** Known before it ever came: its stream had overtaken it, on the way, or in the log itself, where the code finds it so too. */
  #suppressed(position: number): void {
    const event = this.#appended.get(position)
    const isBehind = (other: SliceEvent): boolean => {
      return other.position < position && other.key === event?.key && other.version > event.version && this.#resolved.has(other.position) && !this.#lost.has(other.position)
    }
    if ([...this.#appended.values()].some(isBehind)) this.#resolved.add(position)
    else this.#lose(position)
  }

  /** Only what first became of an event counts: repeats come from the way, and the code reads the log itself. */
  #resolve(atMs: number, what: 'applied' | 'parked' | 'skipped', position: number): void {
    if (this.#resolved.has(position)) return
    // Within an append it is not read from the log, so it cannot be read past.
    if (position < this.#highest && this.#traits.lifecycle !== 'inline') return this.#lose(position)
    this.#resolved.add(position)
    if (what === 'applied') this.#highest = position
    this.#tell(atMs, what, position)
    if (what !== 'applied') return
    if (this.#traits.lifecycle === 'inline') this.#toItsAppend()
    else this.#toItsPlace(this.#events.length - 1)
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

  /** In the code an append has written the view when it is done, also while the view is built anew: then with all before it. */
  #toItsAppend(): void {
    const events = this.#events
    const last = events.pop()!
    const isAgain = this.#beforeRebuild.has(last.position)
    let place = events.length
    // What is written again stands in the order of positions, so one lower ends the search; what is appended since, behind its append
    // and its failures.
    for (let at = events.length - 1; at > this.#rebuiltAt; at -= 1) {
      const { what, position } = events[at]!
      if (position === last.position) break
      if (what !== 'applied') {
        if (!isAgain) place = at
        continue
      }
      if (position < last.position && (isAgain || this.#beforeRebuild.has(position))) break
      place = at
    }
    events.splice(place, 0, { ...last, atMs: events[place - 1]?.atMs ?? last.atMs })
  }

  #lose(position: number): void {
    this.#resolved.add(position)
    this.#lost.add(position)
  }

  #tell(atMs: number, what: SliceEvent['what'], position: number): void {
    this.#events.push({ ...NOTHING, atMs, what, position })
  }
}

/** Whether something both was lost and came. */
function contradictsItself({ events, lost }: SliceRun): boolean {
  const gone = new Set(lost)
  return events.some(({ what, position }) => ['applied', 'parked', 'skipped', 'failed'].includes(what) && gone.has(position))
}
