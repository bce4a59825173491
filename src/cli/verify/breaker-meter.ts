import { NumberColumn } from '../../base/stats.ts'
import { Outcome, RecordKind } from '../../sim/record.ts'
import type { Reader, RunNames } from './blueprints.ts'

/** What happened from one entry into a state to the next one. Times in microseconds. */
export interface Cycle {
  /** Whole length, and how much of it was spent in which state. */
  lengthUs: number
  inStateUs: Record<string, number>
  /** Of the time in OPEN, what the wait alone took. */
  waitedUs: number
  /** Calls that came, calls let through, calls that ended well. */
  calls: number
  admitted: number
  succeeded: number
  /** Calls let through while CLOSED. */
  admittedClosed: number
}

const EMPTY: Omit<Cycle, 'inStateUs'> = { lengthUs: 0, waitedUs: 0, calls: 0, admitted: 0, succeeded: 0, admittedClosed: 0 }

/**
 * Reads what a breaker does, cycle by cycle. Cycles that begin before `untilUs` are counted, the last of them to its end: a
 * cut-off one would be a short one more often than a long one.
 */
export class BreakerMeter implements Reader {
  /** Sums over all counted cycles. */
  readonly sum: Cycle = { ...EMPTY, inStateUs: {} }
  cycles = 0
  /** Of each time it opened from CLOSED, the calls let through since it closed, the last one included. */
  readonly callsToTrip = new NumberColumn()
  /** Verdicts of HALF_OPEN. */
  reopened = 0
  closed = 0
  isDone = false
  readonly #names: RunNames
  readonly #node: number
  readonly #startsWith: string
  readonly #waitUs: number
  readonly #fromUs: number
  readonly #untilUs: number
  #cycle: Cycle | undefined
  #cycleFromUs = 0
  #state = 'CLOSED'
  #stateFromUs = 0
  #callsClosed = 0

  /** @param startsWith the state whose entry begins a cycle. */
  constructor(names: RunNames, options: { node: string; startsWith: string; waitUs: number; fromUs: number; untilUs: number }) {
    this.#names = names
    this.#node = names.nodeIds.indexOf(options.node)
    this.#startsWith = options.startsWith
    this.#waitUs = options.waitUs
    this.#fromUs = options.fromUs
    this.#untilUs = options.untilUs
  }

  read(timeUs: number, kind: number, node: number, _request: number, _call: number, a: number, b: number, _c: number): void {
    if (kind === RecordKind.call) this.#call(node, a)
    else if (node !== this.#node) return
    else if (kind === RecordKind.reply && (b & 0xff) === Outcome.ok && this.#cycle) this.#cycle.succeeded += 1
    else if (kind === RecordKind.transition) this.#move(timeUs, this.#names.states(node)[a >>> 16] ?? '')
  }

  #call(caller: number, edge: number): void {
    if (caller === this.#node) {
      if (this.#state === 'CLOSED') this.#callsClosed += 1
      if (!this.#cycle) return
      this.#cycle.admitted += 1
      if (this.#state === 'CLOSED') this.#cycle.admittedClosed += 1
    } else if (this.#cycle && this.#names.input.edges[edge]?.to === this.#node) this.#cycle.calls += 1
  }

  #move(timeUs: number, to: string): void {
    const from = this.#state
    const spentUs = timeUs - this.#stateFromUs
    if (this.#cycle) {
      this.#cycle.inStateUs[from] = (this.#cycle.inStateUs[from] ?? 0) + spentUs
      if (from === 'OPEN') this.#cycle.waitedUs += Math.min(this.#waitUs, spentUs)
    }
    if (from === 'CLOSED' && to === 'OPEN') this.callsToTrip.push(this.#callsClosed)
    if (from === 'HALF_OPEN' && to === 'OPEN') this.reopened += 1
    if (from === 'HALF_OPEN' && to === 'CLOSED') this.closed += 1
    if (to === 'CLOSED') this.#callsClosed = 0
    this.#state = to
    this.#stateFromUs = timeUs
    if (to === this.#startsWith) this.#nextCycle(timeUs)
  }

  #nextCycle(timeUs: number): void {
    if (this.#cycle) this.#count(this.#cycle, timeUs)
    this.#cycle = timeUs >= this.#fromUs && timeUs < this.#untilUs ? { ...EMPTY, inStateUs: {} } : undefined
    this.#cycleFromUs = timeUs
    this.isDone = timeUs >= this.#untilUs
  }

  #count(cycle: Cycle, timeUs: number): void {
    const { sum } = this
    this.cycles += 1
    sum.lengthUs += timeUs - this.#cycleFromUs
    sum.waitedUs += cycle.waitedUs
    sum.calls += cycle.calls
    sum.admitted += cycle.admitted
    sum.succeeded += cycle.succeeded
    sum.admittedClosed += cycle.admittedClosed
    for (const [state, us] of Object.entries(cycle.inStateUs)) sum.inStateUs[state] = (sum.inStateUs[state] ?? 0) + us
  }
}
