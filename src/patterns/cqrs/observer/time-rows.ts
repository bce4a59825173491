/** Rows of numbers with the time from which each holds, oldest first; the last row of an instant is the one that counts. */
export class TimeRows {
  readonly #times: number[] = []
  readonly #columns: number[][]

  constructor(width: number) {
    this.#columns = Array.from({ length: width }, () => [])
  }

  get length(): number {
    return this.#times.length
  }

  push(timeUs: number, row: readonly number[]): void {
    this.#times.push(timeUs)
    this.#columns.forEach((column, index) => column.push(row[index]!))
  }

  time(row: number): number {
    return this.#times[row]!
  }

  /** The number in a row's column; 0 before the first row. */
  get(row: number, column: number): number {
    return row < 0 ? 0 : this.#columns[column]![row]!
  }

  /** The row that holds at a time; −1 before the first. */
  at(timeUs: number): number {
    let low = 0
    let high = this.#times.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#times[middle]! <= timeUs) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
