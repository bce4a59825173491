const CHUNK = 1024

/** Where columns keep their numbers. Shared by a run and its keyframes: what stands below a keyframe's length never changes. */
export class SharedColumns {
  readonly chunks: Float64Array[] = []
}

/** What a keyframe stores of {@link Columns}. */
export interface ColumnsState {
  shared: SharedColumns
  length: number
}

/**
 * Append-only rows of numbers. A row once written stays as it is, so a keyframe needs only the length; a run that goes back
 * writes the same rows again. Cheap to grow: nothing is ever copied.
 */
export class Columns {
  length = 0
  readonly #width: number
  #shared = new SharedColumns()

  /** @param width numbers in a row. */
  constructor(width: number) {
    this.#width = width
  }

  /** Appends a row and gives its index. Numbers beyond the width are left out. */
  push(a: number, b = 0, c = 0, d = 0, e = 0, f = 0): number {
    const row = this.length++
    const at = (row % CHUNK) * this.#width
    const chunk = (this.#shared.chunks[Math.floor(row / CHUNK)] ??= new Float64Array(CHUNK * this.#width))
    const width = this.#width
    chunk[at] = a
    if (width > 1) chunk[at + 1] = b
    if (width > 2) chunk[at + 2] = c
    if (width > 3) chunk[at + 3] = d
    if (width > 4) chunk[at + 4] = e
    if (width > 5) chunk[at + 5] = f
    return row
  }

  /** The number in a row's column; NaN beyond the last row. */
  get(row: number, column: number): number {
    if (row < 0 || row >= this.length) return NaN
    return this.#shared.chunks[Math.floor(row / CHUNK)]![(row % CHUNK) * this.#width + column]!
  }

  save(): ColumnsState {
    return { shared: this.#shared, length: this.length }
  }

  restore(state: ColumnsState): void {
    this.#shared = state.shared
    this.length = state.length
  }
}
