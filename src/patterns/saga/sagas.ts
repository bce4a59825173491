import type { MachineInstance } from '../../sim/machine/index.ts'
import type { SagaContext } from './parts.ts'

const INT_COLUMNS = ['call', 'state', 'attempt', 'registered', 'doubt', 'flags', 'tail', 'expects', 'stage', 'pending', 'cause', 'token'] as const
const TIME_COLUMNS = ['attemptUs', 'dueUs', 'budgetUs', 'deadlineUs', 'armedUs'] as const

/** What is awaited for a saga: an entry to be safe, a pause before it is written again, an answer, the end of a wait. */
export const Stage = { idle: 0, writing: 1, rewriting: 2, working: 3, waiting: 4 } as const

/** Bits of a saga's `flags`. */
export const Flag = {
  sent: 1,
  incomplete: 2,
  /** An abort waits for the entry that is being written; `abortReason` of it stands above these bits. */
  abortWanted: 4,
  /** The deadline passed and was told. */
  alarmed: 8,
  /** The local attempt under way will not be over in time. */
  tooSlow: 16,
} as const
export const FLAG_REASON_SHIFT = 8

/** What a keyframe stores of {@link Sagas}. */
export interface SagasState {
  high: number
  free: number[]
  ints: Int32Array[]
  times: Float64Array[]
}

/**
 * The sagas under way, one row each, column by column: the state and context of each one's machine, and what the orchestrator
 * awaits for it. Rows are reused.
 */
export class Sagas {
  /** The call that started it, −1 for a free row. */
  call = new Int32Array(16)
  /** Machine state and context. */
  state = new Int32Array(16)
  attempt = new Int32Array(16)
  registered = new Int32Array(16)
  doubt = new Int32Array(16)
  flags = new Int32Array(16)
  /** Its last entry in the log, −1 for none. */
  tail = new Int32Array(16)
  /** Serial number of the call whose answer is awaited; 0: none. Any other answer is late. */
  expects = new Int32Array(16)
  stage = new Int32Array(16)
  /** The entry that is being written. */
  pending = new Int32Array(16)
  /** The entry that began the rollback or the end. */
  cause = new Int32Array(16)
  /** What the answer to its last write said; queries bring it along. */
  token = new Int32Array(16)
  /** When the present attempt went out. */
  attemptUs = new Float64Array(16)
  /** When what is awaited is over; Infinity when nothing ends it. */
  dueUs = new Float64Array(16)
  /** When the present step's attempts must be over. */
  budgetUs = new Float64Array(16)
  deadlineUs = new Float64Array(16)
  /** When its call's scheduled item comes; not later than what is due. */
  armedUs = new Float64Array(16)
  #high = 0
  #free: number[] = []

  open(call: number): number {
    const row = this.#free.pop() ?? this.#high++
    if (row === this.call.length) this.#grow()
    for (const name of INT_COLUMNS) this[name][row] = 0
    for (const name of TIME_COLUMNS) this[name][row] = Infinity
    this.call[row] = call
    this.tail[row] = -1
    return row
  }

  close(row: number): void {
    this.call[row] = -1
    this.#free.push(row)
  }

  /** What it wrote is gone. */
  forget(row: number): void {
    this.tail[row] = -1
    this.token[row] = 0
  }

  /** Rows in use. */
  live(): number[] {
    return Array.from({ length: this.#high }, (_, row) => row).filter((row) => this.call[row]! >= 0)
  }

  /** Reads a row into a machine instance that is used for every saga in turn. */
  load(row: number, instance: MachineInstance<SagaContext>): void {
    const { context } = instance
    const flags = this.flags[row]!
    instance.state = this.state[row]!
    context.attempt = this.attempt[row]!
    context.sent = (flags & Flag.sent) !== 0
    context.registered = this.registered[row]!
    context.doubt = this.doubt[row]!
    context.incomplete = (flags & Flag.incomplete) !== 0
  }

  store(row: number, { state, context }: MachineInstance<SagaContext>): void {
    this.state[row] = state
    this.attempt[row] = context.attempt
    this.registered[row] = context.registered
    this.doubt[row] = context.doubt
    const rest = this.flags[row]! & ~(Flag.sent | Flag.incomplete)
    this.flags[row] = rest | (context.sent ? Flag.sent : 0) | (context.incomplete ? Flag.incomplete : 0)
  }

  has(row: number, flag: number): boolean {
    return (this.flags[row]! & flag) !== 0
  }

  raise(row: number, flag: number): void {
    this.flags[row] = this.flags[row]! | flag
  }

  lower(row: number, flag: number): void {
    this.flags[row] = this.flags[row]! & ~flag
  }

  save(): SagasState {
    const high = this.#high
    return {
      high,
      free: [...this.#free],
      ints: INT_COLUMNS.map((name) => this[name].slice(0, high)),
      times: TIME_COLUMNS.map((name) => this[name].slice(0, high)),
    }
  }

  restore({ high, free, ints, times }: SagasState): void {
    while (this.call.length < high) this.#grow()
    INT_COLUMNS.forEach((name, index) => this[name].set(ints[index]!))
    TIME_COLUMNS.forEach((name, index) => this[name].set(times[index]!))
    this.#high = high
    this.#free = [...free]
  }

  #grow(): void {
    for (const name of INT_COLUMNS) {
      const wider = new Int32Array(this[name].length * 2)
      wider.set(this[name])
      this[name] = wider
    }
    for (const name of TIME_COLUMNS) {
      const wider = new Float64Array(this[name].length * 2)
      wider.set(this[name])
      this[name] = wider
    }
  }
}
