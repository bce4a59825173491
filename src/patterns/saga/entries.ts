import { Columns, type ColumnsState } from '../../base/columns.ts'
import type { SagaSignal } from './parts.ts'

/** Signals of a saga's machine by number, as entries of its log have them. */
export const SIGNALS = ['INTENT', 'SUCCESS', 'FAILURE', 'REJECTED', 'UNKNOWN', 'ABSENT', 'ABORT', 'RECOVERED'] as const satisfies SagaSignal['type'][]

/** {@link SIGNALS} the other way round. */
export const Entry = { intent: 0, success: 1, failure: 2, rejected: 3, unknown: 4, absent: 5, abort: 6, recovered: 7 } as const

const LAST = 8
const REASON_SHIFT = 4

/** One entry: what was signalled, whether no time was left for more, and the reason. */
export function packEntry(signal: number, isLast: boolean, reason: number): number {
  return signal | (isLast ? LAST : 0) | (reason << REASON_SHIFT)
}

export function entrySignal(entry: number): number {
  return entry & 7
}

export function entryIsLast(entry: number): boolean {
  return (entry & LAST) !== 0
}

export function entryReason(entry: number): number {
  return entry >>> REASON_SHIFT
}

const PER_LINK = 0x1_0000

/** What sagas wrote: append-only, the entries of one saga linked from its last one back. */
export class SagaEntries {
  readonly #rows = new Columns(1)

  /** Appends to the saga whose last entry is `tail` (−1: none); gives the new last one. */
  append(tail: number, entry: number): number {
    return this.#rows.push((tail + 1) * PER_LINK + entry)
  }

  /** From the first to the last. */
  upTo(tail: number): number[] {
    const entries: number[] = []
    for (let row = tail; row >= 0; ) {
      const packed = this.#rows.get(row, 0)
      entries.push(packed % PER_LINK)
      row = Math.floor(packed / PER_LINK) - 1
    }
    return entries.toReversed()
  }

  save(): ColumnsState {
    return this.#rows.save()
  }

  restore(state: ColumnsState): void {
    this.#rows.restore(state)
  }
}
