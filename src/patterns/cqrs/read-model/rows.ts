import { Columns, type ColumnsState } from '../../../base/columns.ts'
import { grown } from '../grown.ts'

const Change = { key: 0, value: 1, version: 2, previous: 3, foldUs: 4, position: 5 } as const

/** What a keyframe stores of {@link Rows}. */
export interface RowsState {
  changes: ColumnsState
  due: readonly ColumnsState[]
  base: number
  seen: readonly number[]
}

/**
 * The rows of a view and of its copies, as the sequence of their changes: a copy is a place in that sequence, so a change reaches
 * it without being stored again. What is looked up by key or position is derived.
 */
export class Rows {
  readonly #changes = new Columns(6)
  /** By copy: when each change reaches it. */
  readonly #due: readonly Columns[]
  /** By copy: changes that reached it. */
  #seen: number[]
  /** Changes before this one were cleared. */
  #base = 0
  /** By key: its last change + 1. */
  #last = new Int32Array(64)
  /** Kept from the first question on: few views ask. */
  #positions: Set<number> | undefined

  constructor(copies: number) {
    this.#due = Array.from({ length: copies }, () => new Columns(1))
    this.#seen = this.#due.map(() => 0)
  }

  value(key: number): number {
    return this.#of(this.#latest(key), Change.value)
  }

  version(key: number): number {
    return this.#of(this.#latest(key), Change.version)
  }

  /** The row's version at a copy; −1 is the primary. */
  versionAt(key: number, copy: number, nowUs: number): number {
    let change = this.#latest(key)
    if (copy >= 0) {
      this.#catchUp(copy, nowUs)
      while (change >= this.#seen[copy]!) change = this.#changes.get(change, Change.previous)
    }
    return this.#of(change, Change.version)
  }

  /** Time that folding all events of the key takes. */
  foldUs(key: number): number {
    return this.#of(this.#latest(key), Change.foldUs)
  }

  hasPosition(position: number): boolean {
    this.#positions ??= this.#allPositions()
    return this.#positions.has(position)
  }

  write(key: number, value: number, version: number, foldUs: number, position: number): void {
    const change = this.#changes.push(key, value, version, this.#latest(key), foldUs, position)
    this.#index(change, key, position)
  }

  /** When the change written last reaches a copy, if none overtakes. */
  replicate(copy: number, atUs: number): void {
    const due = this.#due[copy]!
    const before = due.length === 0 ? 0 : due.get(due.length - 1, 0)
    due.push(Math.max(before, atUs))
  }

  /** When the next change reaches a copy; Infinity when it has them all. */
  nextDueUs(copy: number): number {
    const seen = this.#seen[copy]!
    return seen < this.#due[copy]!.length ? this.#due[copy]!.get(seen, 0) : Infinity
  }

  /** Empties the view, its copies too. */
  clear(): void {
    this.#base = this.#changes.length
    this.#last.fill(0)
    this.#positions = undefined
    this.#seen = this.#seen.map(() => this.#base)
  }

  save(): RowsState {
    return { changes: this.#changes.save(), due: this.#due.map((due) => due.save()), base: this.#base, seen: this.#seen.slice() }
  }

  restore(state: RowsState): void {
    this.#changes.restore(state.changes)
    this.#due.forEach((due, copy) => due.restore(state.due[copy]!))
    this.#base = state.base
    this.#seen = state.seen.slice()
    this.#last.fill(0)
    this.#positions = undefined
    for (let change = this.#base; change < this.#changes.length; change += 1) this.#index(change, this.#changes.get(change, Change.key), this.#changes.get(change, Change.position))
  }

  #index(change: number, key: number, position: number): void {
    this.#last = grown(this.#last, key)
    this.#last[key] = change + 1
    this.#positions?.add(position)
  }

  #allPositions(): Set<number> {
    const positions = new Set<number>()
    for (let change = this.#base; change < this.#changes.length; change += 1) positions.add(this.#changes.get(change, Change.position))
    return positions
  }

  #catchUp(copy: number, nowUs: number): void {
    while (this.nextDueUs(copy) <= nowUs) this.#seen[copy] = this.#seen[copy]! + 1
  }

  /** Index of the key's last change; −1 when it has none. */
  #latest(key: number): number {
    return (this.#last[key] ?? 0) - 1
  }

  #of(change: number, column: number): number {
    return change < this.#base ? 0 : this.#changes.get(change, column)
  }
}
