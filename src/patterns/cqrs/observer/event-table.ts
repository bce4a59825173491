import type { EventFact, EventOutcome } from '../facts.ts'

/** What became of events since the view was last emptied. */
interface Epoch {
  fromUs: number
  outcome: (EventOutcome | undefined)[]
  outcomeUs: number[]
  /** What became of an event after that, oldest first; of few. */
  later: Map<number, readonly { outcome: EventOutcome; atUs: number }[]>
}

/** Every event of a log by its position, and what became of it at one projection, at any time. */
export class EventTable {
  readonly key: number[] = []
  readonly version: number[] = []
  readonly amount: number[] = []
  readonly committedUs: number[] = []
  readonly request: number[] = []
  /** When the view first had it; NaN while it has not. */
  readonly visibleUs: number[] = []
  /** Positions in the order of their commits. */
  readonly order: number[] = []
  readonly byKey = new Map<number, number[]>()
  readonly #epochs: Epoch[] = [newEpoch(0)]
  head = 0
  #oldest = 1

  commit(position: number, key: number, version: number, amount: number, timeUs: number, request: number): void {
    this.key[position] = key
    this.version[position] = version
    this.amount[position] = amount
    this.committedUs[position] = timeUs
    this.request[position] = request
    this.visibleUs[position] = NaN
    this.order.push(position)
    const own = this.byKey.get(key)
    if (own) own.push(position)
    else this.byKey.set(key, [position])
    this.head = Math.max(this.head, position)
    if (position < this.#oldest) this.#oldest = position
  }

  has(position: number): boolean {
    return this.committedUs[position] !== undefined
  }

  /** True when it is the event's first outcome since the view was emptied. */
  resolve(position: number, outcome: EventOutcome, timeUs: number): boolean {
    const epoch = this.#now()
    const before = this.outcome(position)
    if (outcome === 'applied' && !(this.visibleUs[position]! <= timeUs)) this.visibleUs[position] = timeUs
    if (before === undefined) {
      epoch.outcome[position] = outcome
      epoch.outcomeUs[position] = timeUs
      return true
    }
    const wasApplied = before === 'applied' || before === 'applied twice'
    if (wasApplied && outcome !== 'applied') return false
    const next = wasApplied ? 'applied twice' : outcome
    if (next !== before) epoch.later.set(position, [...(epoch.later.get(position) ?? []), { outcome: next, atUs: timeUs }])
    return false
  }

  outcome(position: number): EventOutcome | undefined {
    const { outcome, later } = this.#now()
    return later.get(position)?.at(-1)?.outcome ?? outcome[position]
  }

  /** The view was emptied. */
  restart(timeUs: number): void {
    this.#epochs.push(newEpoch(timeUs))
    this.#oldest = 1
  }

  /** The lowest committed position that nothing has become of yet; beyond the head when there is none. */
  oldestPending(): number {
    const { outcome } = this.#now()
    while (this.#oldest <= this.head && (!this.has(this.#oldest) || outcome[this.#oldest] !== undefined)) this.#oldest += 1
    return this.#oldest
  }

  fact(position: number, nowUs: number): EventFact {
    const epoch = this.#at(nowUs)
    const outcomeUs = epoch.outcomeUs[position] ?? Infinity
    const last = epoch.later.get(position)?.findLast(({ atUs }) => atUs <= nowUs) ?? { outcome: epoch.outcome[position] ?? 'pending', atUs: outcomeUs }
    const isOpen = outcomeUs > nowUs
    return {
      position,
      key: this.key[position]! + 1,
      version: this.version[position]!,
      amount: this.amount[position]!,
      committedUs: this.committedUs[position]!,
      outcome: isOpen ? 'pending' : last.outcome,
      outcomeUs: isOpen ? NaN : last.atUs,
      request: this.request[position]!,
    }
  }

  /** Whether nothing had become of it at that time. */
  isPending(position: number, nowUs: number): boolean {
    return this.committedUs[position]! <= nowUs && !(this.#at(nowUs).outcomeUs[position]! <= nowUs)
  }

  #now(): Epoch {
    return this.#epochs[this.#epochs.length - 1]!
  }

  #at(nowUs: number): Epoch {
    return this.#epochs.findLast(({ fromUs }) => fromUs <= nowUs) ?? this.#epochs[0]!
  }
}

function newEpoch(fromUs: number): Epoch {
  return { fromUs, outcome: [], outcomeUs: [], later: new Map() }
}
