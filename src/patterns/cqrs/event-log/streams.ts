import { Columns, type ColumnsState } from '../../../base/columns.ts'
import type { Kernel } from '../../../sim/contract.ts'
import { grown } from '../grown.ts'
import { EventBody } from '../protocol.ts'

const Row = { body: 0, previous: 1, call: 2, request: 3 } as const

/** What a keyframe stores of {@link Streams}. */
export type StreamsState = ColumnsState

/**
 * The events of a log in the order they were committed, one stream per key. Append-only; what is looked up by key or position is
 * derived, and derived anew when a keyframe is restored.
 */
export class Streams {
  readonly #kernel: Kernel
  readonly #rows = new Columns(4)
  /** By key: its last row + 1, and what that says. */
  #last = new Int32Array(64)
  #versions = new Int32Array(64)
  #values = new Float64Array(64)
  /** By position: its row + 1; 0 where nothing is, or not yet. */
  #at = new Int32Array(1_024)
  /** Highest committed position. */
  head = 0

  constructor(kernel: Kernel) {
    this.#kernel = kernel
  }

  /** Versions count from 1; 0 for a key that has no events. */
  version(key: number): number {
    return this.#versions[key] ?? 0
  }

  /** The key's value now. */
  value(key: number): number {
    return this.#values[key] ?? 0
  }

  /** What the key's value was at an earlier version. */
  valueAt(key: number, version: number): number {
    let row = this.#lastOf(key)
    while (row >= 0 && this.#body(row, EventBody.version) > version) row = this.#rows.get(row, Row.previous)
    return row < 0 ? 0 : this.#body(row, EventBody.value)
  }

  /** @param call serial number of the append. */
  push(body: number, call: number, request: number): void {
    const { bodies } = this.#kernel
    const row = this.#rows.push(body, this.#lastOf(bodies.get(body, EventBody.key)), call, request)
    this.#index(row, body)
  }

  /** The body at a position; 0 where nothing is, or not yet. */
  bodyAt(position: number): number {
    const row = (this.#at[position] ?? 0) - 1
    return row < 0 ? 0 : this.#rows.get(row, Row.body)
  }

  callAt(position: number): number {
    return this.#rows.get(this.#at[position]! - 1, Row.call)
  }

  requestAt(position: number): number {
    return this.#rows.get(this.#at[position]! - 1, Row.request)
  }

  /** The first committed position above this one; 0 when there is none. */
  nextAfter(position: number): number {
    for (let next = position + 1; next <= this.head; next += 1) if (this.#at[next]! > 0) return next
    return 0
  }

  save(): StreamsState {
    return this.#rows.save()
  }

  restore(state: StreamsState): void {
    this.#rows.restore(state)
    this.#last.fill(0)
    this.#versions.fill(0)
    this.#values.fill(0)
    this.#at.fill(0)
    this.head = 0
    for (let row = 0; row < this.#rows.length; row += 1) this.#index(row, this.#rows.get(row, Row.body))
  }

  #index(row: number, body: number): void {
    const { bodies } = this.#kernel
    const key = bodies.get(body, EventBody.key)
    const position = bodies.get(body, EventBody.position)
    this.#last = grown(this.#last, key)
    this.#versions = grown(this.#versions, key)
    this.#values = grown(this.#values, key)
    this.#at = grown(this.#at, position)
    this.#last[key] = row + 1
    this.#versions[key] = bodies.get(body, EventBody.version)
    this.#values[key] = bodies.get(body, EventBody.value)
    this.#at[position] = row + 1
    if (position > this.head) this.head = position
  }

  #lastOf(key: number): number {
    return (this.#last[key] ?? 0) - 1
  }

  #body(row: number, column: 0 | 1 | 2 | 3 | 4 | 5): number {
    return this.#kernel.bodies.get(this.#rows.get(row, Row.body), column)
  }
}
