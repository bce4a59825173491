/*
 * Operations: work that must happen once. A caller that may ask twice numbers what it asks for, and who works on it can tell
 * a repetition by that number. In a call's record `subject` is the operation, `ask` how it is to be guarded.
 */

/** Steps that one owner's operations may have. */
export const OPERATION_STEPS_MAX = 32

/** What became of an operation at the one who works on it; in `effect` records. */
export const Effect = { applied: 0, duplicate: 1, nullCompensation: 2, hanging: 3 } as const

/** Words for {@link Effect}, by number. */
export const EFFECT_WORDS = ['applied', 'duplicate suppressed', 'nothing to undo', 'came after its undo'] as const

/** Bits of `ask`. The lowest 16 are the key: 0 none, 1 the operation's own, n + 1 that of its nth attempt alone. */
export const Ask = {
  keyMask: 0xffff,
  ownKey: 1,
  /** The call is an operation; without this bit `subject` means something else. */
  operation: 1 << 16,
  /** Barrier: work on no operation twice. */
  deduplicate: 1 << 17,
  /** Barrier: undo nothing that was never done. */
  nullCompensation: 1 << 18,
  /** Barrier: do nothing that was undone already. */
  antiHanging: 1 << 19,
  /** Do nothing; answer whether the operation was done: `result` 1 it was, 2 it was not. */
  status: 1 << 20,
  /** Asked for by whoever works on the operation, as part of that work: it is not done once more. */
  within: 1 << 21,
} as const

/** @param owner from 1 to 33 million. @param step below {@link OPERATION_STEPS_MAX}. */
export function packOperation(owner: number, step: number, undoes: boolean): number {
  return owner * 64 + step * 2 + (undoes ? 1 : 0)
}

export function operationOwner(operation: number): number {
  return operation >>> 6
}

export function operationStep(operation: number): number {
  return (operation >>> 1) & 31
}

export function isUndo(operation: number): boolean {
  return (operation & 1) === 1
}
