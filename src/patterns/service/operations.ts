import { Columns, type ColumnsState } from '../../base/columns.ts'
import { Ask, Effect, isUndo } from '../../sim/operation.ts'

/** What a keyframe stores of {@link Operations}. */
export type OperationsState = ColumnsState

const Mark = { done: 0, key: 1, undone: 2 } as const

/**
 * What a participant remembers of the operations it worked on, to tell repetitions and to keep actions and their undoing in
 * order. The algorithm is that of DTM's sub-transaction barrier (github.com/dtm-labs/client, barrier.go), its three parts
 * switched one by one through `ask`. Committed with the effect, so it holds whatever is lost on the way.
 */
export class Operations {
  readonly #rows = new Columns(1)
  readonly #marks = new Set<number>()

  /** Does the operation, or not; see {@link Effect}. */
  apply(operation: number, ask: number): number {
    const key = ask & Ask.keyMask
    const undo = isUndo(operation)
    const action = undo ? operation - 1 : operation
    const wasDone = this.#has(operation, Mark.done, 0)
    const hasAction = this.#has(action, Mark.done, 0)
    const wasUndone = this.#has(action, Mark.undone, 0)
    const wasKeySeen = key > 0 && this.#has(operation, Mark.key, key)
    if (key > 0) this.#add(operation, Mark.key, key)
    // Whoever undoes leaves a mark for actions that come after it.
    if (undo && (ask & Ask.antiHanging) !== 0) this.#add(action, Mark.undone, 0)
    if (!undo && wasUndone && !wasDone && (ask & Ask.antiHanging) !== 0) return Effect.hanging
    if (wasKeySeen || (wasDone && (ask & Ask.deduplicate) !== 0)) return Effect.duplicate
    if (undo && !hasAction && (ask & Ask.nullCompensation) !== 0) return Effect.nullCompensation
    this.#add(operation, Mark.done, 0)
    return Effect.applied
  }

  /** Whether the operation was done. */
  has(operation: number): boolean {
    return this.#has(operation, Mark.done, 0)
  }

  save(): OperationsState {
    return this.#rows.save()
  }

  restore(state: OperationsState): void {
    this.#rows.restore(state)
    this.#marks.clear()
    for (let row = 0; row < this.#rows.length; row += 1) this.#marks.add(this.#rows.get(row, 0))
  }

  #has(operation: number, mark: number, key: number): boolean {
    return this.#marks.has(codeOf(operation, mark, key))
  }

  #add(operation: number, mark: number, key: number): void {
    const code = codeOf(operation, mark, key)
    if (this.#marks.has(code)) return
    this.#marks.add(code)
    this.#rows.push(code)
  }
}

/** Below 2⁵³: operations have 31 bits, keys 16. */
function codeOf(operation: number, mark: number, key: number): number {
  return (operation * 4 + mark) * 0x1_0000 + key
}
