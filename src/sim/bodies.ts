import { Columns, type ColumnsState } from '../base/columns.ts'

/** What a keyframe stores of {@link Bodies}. */
export type BodiesState = ColumnsState

/**
 * What messages say when one number does not suffice: a call carries the index of its body. Index 0 is no body. Written once
 * and never changed, as a message is once it was sent; what the six numbers mean is a matter of those who send and read it.
 */
export class Bodies {
  readonly #rows = new Columns(6)

  constructor() {
    this.#rows.push(0)
  }

  /** Stores a body and gives the number to send, from 1 up. */
  add(a: number, b = 0, c = 0, d = 0, e = 0, f = 0): number {
    return this.#rows.push(a, b, c, d, e, f)
  }

  get(body: number, column: 0 | 1 | 2 | 3 | 4 | 5): number {
    return this.#rows.get(body, column)
  }

  save(): BodiesState {
    return this.#rows.save()
  }

  restore(state: BodiesState): void {
    this.#rows.restore(state)
  }
}
