import { RECORD_WORDS, recordTimeUs } from '../sim/record.ts'
import { RECORD_WINDOW_US, type RecordWindow } from './types.ts'

/** The records of the last two seconds before the playhead, in one array that is reused. */
export class RecordKeeper {
  #words = new Int32Array(RECORD_WORDS * 1024)
  #length = 0

  window(): RecordWindow {
    return { words: this.#words, count: this.#length / RECORD_WORDS }
  }

  clear(): void {
    this.#length = 0
  }

  /** Adds records that follow the ones kept, or replace them when `fresh`, and forgets what is too long ago. */
  add(records: Int32Array, fresh: boolean, nowUs: number): void {
    if (fresh) this.clear()
    this.#forget(nowUs - RECORD_WINDOW_US)
    const needed = this.#length + records.length
    if (needed > this.#words.length) {
      const wider = new Int32Array(Math.max(needed, this.#words.length * 2))
      wider.set(this.#words.subarray(0, this.#length))
      this.#words = wider
    }
    this.#words.set(records, this.#length)
    this.#length = needed
  }

  #forget(beforeUs: number): void {
    let from = 0
    while (from < this.#length && recordTimeUs(this.#words, from) < beforeUs) from += RECORD_WORDS
    if (from === 0) return
    this.#words.copyWithin(0, from, this.#length)
    this.#length -= from
  }
}
