import type { EventFact, EventOutcome } from '../facts.ts'

/** What became of events since the view was last emptied. */
interface Epoch {
  fromUs: number
  outcome: (EventOutcome | undefined)[]
  outcomeUs: number[]
  /** Events applied more than once, and when they were a second time. */
  twiceUs: Map<number, number>
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
    const before = epoch.outcome[position]
    if (outcome === 'applied' && !(this.visibleUs[position]! <= timeUs)) this.visibleUs[position] = timeUs
    if (before === 'applied' || before === 'applied twice') {
      if (outcome !== 'applied') return false
      epoch.outcome[position] = 'applied twice'
      epoch.twiceUs.set(position, timeUs)
      return false
    }
    epoch.outcome[position] = outcome
    epoch.outcomeUs[position] = timeUs
    return before === undefined
  }

  outcome(position: number): EventOutcome | undefined {
    return this.#now().outcome[position]
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
    const twiceUs = epoch.twiceUs.get(position) ?? Infinity
    const outcomeUs = epoch.outcomeUs[position] ?? Infinity
    const outcome = epoch.outcome[position] ?? 'pending'
    const isOnce = outcome === 'applied twice' && twiceUs > nowUs
    return {
      position,
      key: this.key[position]! + 1,
      version: this.version[position]!,
      amount: this.amount[position]!,
      committedUs: this.committedUs[position]!,
      outcome: outcomeUs > nowUs ? 'pending' : isOnce ? 'applied' : outcome,
      outcomeUs: outcomeUs > nowUs ? NaN : twiceUs <= nowUs ? twiceUs : outcomeUs,
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
  return { fromUs, outcome: [], outcomeUs: [], twiceUs: new Map() }
}
