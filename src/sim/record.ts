import { hashText } from '../base/prng.ts'

/** 32-bit words of one trace record. */
export const RECORD_WORDS = 8

/**
 * What a trace record says. Words of a record, in order: time low, time high, kind | node << 8, request, call, a, b, c.
 * `request` numbers what a client asked for, `call` one hop of it; both count from 1, 0 means none. Which node and what
 * a, b, c mean:
 *
 * | kind | node | a | b | c |
 * |---|---|---|---|---|
 * | call | caller | edge | request type | parent call |
 * | reply | callee | edge | ending, see {@link packEnding} | µs since the call was made, low 32 bits |
 * | late | caller's node | edge | ending | µs since the call was made, low 32 bits |
 * | lost | sender | edge | 0 request, 1 reply, 2 duplicated | 0 |
 * | result | client | request type | ending | µs since the request was made, low 32 bits |
 * | queued | service | calls waiting, this one included | 0 | 0 |
 * | started | service | workers busy, this one included | µs waited, low 32 bits | and high |
 * | transition | node | from \| to << 16 | signal | evidence, packed by the kind |
 * | fault | node | fault type | 1 begins, 0 ends | index of the fault |
 * | note | node | kind's own | kind's own | kind's own |
 * | effect | participant | request type | operation, see `operation.ts` | {@link Effect} |
 */
export const RecordKind = {
  call: 1,
  reply: 2,
  late: 3,
  lost: 4,
  result: 5,
  queued: 6,
  started: 7,
  transition: 8,
  fault: 9,
  note: 10,
  effect: 11,
} as const

/** How a call ended. `timedOut` is the third value: the caller does not know whether it happened. */
export const Outcome = { ok: 0, fallback: 1, failed: 2, rejected: 3, timedOut: 4 } as const

/** Names of {@link Outcome}, by number. */
export const OUTCOME_NAMES = ['ok', 'fallback', 'failed', 'rejected', 'timedOut'] as const

/** Why a call did not simply succeed. */
export const Reason = {
  none: 0,
  error: 1,
  crashed: 2,
  queueFull: 3,
  breakerOpen: 4,
  timeout: 5,
  deadline: 6,
  noRoute: 7,
  refused: 8,
  declined: 9,
  conflict: 10,
  stale: 11,
} as const

/** Words people read for {@link Reason}, by number. */
export const REASON_WORDS = [
  '',
  'error',
  'crashed',
  'queue full',
  'breaker open',
  'timeout',
  'deadline passed',
  'no route',
  'refused',
  'declined',
  'version conflict',
  'stale',
] as const

const WORD = 0x1_0000_0000
/** Exact, and many times cheaper than to divide. */
const PER_WORD = 1 / WORD

/** How something ended, as one word: outcome | reason << 8 | what its duration has beyond 32 bits << 16. */
export function packEnding(outcome: number, reason: number, elapsedUs: number): number {
  return outcome | (reason << 8) | ((elapsedUs * PER_WORD) << 16)
}

/** The duration in the reply, late or result record that starts at word `at`, in microseconds. */
export function recordElapsedUs(words: Int32Array, at: number): number {
  return (words[at + 6]! >>> 16) * WORD + (words[at + 7]! >>> 0)
}

/**
 * The trace of a run, written as 32-bit words into a ring: when it is full the oldest records are overwritten, never the
 * run slowed. A running hash covers every field of every record ever written, so it does not depend on the ring's size.
 */
export class TraceBuffer {
  /** Records written since the run began. */
  count = 0
  readonly #words: Int32Array
  readonly #mask: number
  #hashed = 0
  #oldest = 0
  /** The count at which a record not yet told of by {@link onFull} would be overwritten. */
  #fullAt: number
  #hashA = hashText('faultline trace')
  #hashB = hashText('faultline trace', 7)

  /** Called before unread records could be overwritten; whoever reads along reads up to `count` here. */
  onFull: (() => void) | undefined

  /** @param capacity records kept, a power of two. Default 65,536 (2 MB). */
  constructor(capacity = 65_536) {
    this.#words = new Int32Array(capacity * RECORD_WORDS)
    this.#mask = capacity - 1
    this.#fullAt = capacity
  }

  write(timeUs: number, kind: number, node: number, request: number, call: number, a: number, b: number, c: number): void {
    if (this.count >= this.#fullAt) this.#makeRoom()
    const words = this.#words
    const at = (this.count++ & this.#mask) * RECORD_WORDS
    // An integer array keeps the low 32 bits of what it is given, without its fraction.
    words[at] = timeUs
    words[at + 1] = timeUs * PER_WORD
    words[at + 2] = kind | (node << 8)
    words[at + 3] = request
    words[at + 4] = call
    words[at + 5] = a
    words[at + 6] = b
    words[at + 7] = c
  }

  /** Records from index `from` (counted since the run began) on, as words; starts later when the ring has moved past it. */
  read(from: number): { first: number; words: Int32Array } {
    const first = Math.min(this.count, Math.max(from, this.count - this.#mask - 1, this.#oldest))
    const words = new Int32Array((this.count - first) * RECORD_WORDS)
    const start = (first & this.#mask) * RECORD_WORDS
    const untilEnd = this.#words.subarray(start, start + words.length)
    words.set(untilEnd)
    words.set(this.#words.subarray(0, words.length - untilEnd.length), untilEnd.length)
    return { first, words }
  }

  /** 16 lower-case hex digits over every field of every record so far. */
  hash(): string {
    this.#hashPending()
    return hex8(this.#hashA) + hex8(this.#hashB)
  }

  save(): { count: number; hashA: number; hashB: number } {
    this.#hashPending()
    return { count: this.count, hashA: this.#hashA, hashB: this.#hashB }
  }

  /** Continues from a keyframe; records before it are no longer readable. */
  restore(state: { count: number; hashA: number; hashB: number }): void {
    this.count = state.count
    this.#oldest = state.count
    this.#hashed = state.count
    this.#fullAt = state.count + this.#mask + 1
    this.#hashA = state.hashA
    this.#hashB = state.hashB
  }

  #makeRoom(): void {
    this.#hashPending()
    this.onFull?.()
    this.#fullAt = this.count + this.#mask + 1
  }

  /** Hashing in batches keeps it off the path of a single event. */
  #hashPending(): void {
    const words = this.#words
    let a = this.#hashA
    let b = this.#hashB
    for (; this.#hashed < this.count; this.#hashed += 1) {
      const at = (this.#hashed & this.#mask) * RECORD_WORDS
      for (let word = at; word < at + RECORD_WORDS; word += 1) {
        const value = words[word]!
        a = Math.imul(a ^ value, 0x01000193)
        a ^= a >>> 15
        b = Math.imul(b + value, 0x85ebca6b)
        b = (b << 13) | (b >>> 19)
      }
    }
    this.#hashA = a
    this.#hashB = b
  }
}

function hex8(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0')
}

/** The time of the record that starts at word `at`, in microseconds. */
export function recordTimeUs(words: Int32Array, at: number): number {
  return words[at + 1]! * WORD + (words[at]! >>> 0)
}
