import type { StepState } from './facts.ts'
import { Entry, entrySignal } from './entries.ts'
import type { Leaf } from './keys.ts'
import { Note, type NoteHead } from './notes.ts'

/**
 * Where a step stands after a note about it. `before` and `after` are the states of the saga's machine around the note;
 * `hadNothing`: the participant found nothing to undo.
 */
export function stepAfter(head: NoteHead, b: number, state: StepState, before: Leaf, after: Leaf, hadNothing: boolean): StepState {
  const { what, step, undo } = head
  const stays = after.step === step && after.undo === undo
  switch (what) {
    case Note.attempt:
      if (undo) return 'compensating'
      return after.phase === 'unknown' ? 'unknown' : 'running'
    case Note.query:
      return 'unknown'
    case Note.abort:
      if (state === 'pending' || state === 'unknown') return state
      return before.phase === 'waiting' ? 'failed' : 'unknown'
    case Note.crashed:
      return state === 'running' && before.phase !== 'waiting' ? 'unknown' : state
    case Note.outcome:
      return undo ? undoAfter(b, stays, hadNothing) : actionAfter(b, stays, state)
    default:
      return state
  }
}

function undoAfter(b: number, stays: boolean, hadNothing: boolean): StepState {
  if (entrySignal(b) === Entry.success) return hadNothing ? 'null_compensated' : 'compensated'
  return stays ? 'compensating' : 'compensation_failed'
}

function actionAfter(b: number, stays: boolean, state: StepState): StepState {
  const signal = entrySignal(b)
  if (signal === Entry.success) return 'succeeded'
  if (signal === Entry.unknown) return 'unknown'
  if (signal === Entry.absent) return stays ? 'running' : 'failed'
  // One attempt that had no effect does not tell of an earlier one.
  if (state === 'unknown') return 'unknown'
  return stays ? 'running' : 'failed'
}

/** Where all steps stand once a saga's log was read again: later ones than the present are not begun. */
export function stepsAtRecovery(steps: readonly StepState[], leaf: Leaf): StepState[] {
  if (leaf.step < 0 || leaf.undo) return [...steps]
  return steps.map((state, step) => {
    if (step < leaf.step) return state
    if (step > leaf.step) return 'pending'
    if (leaf.phase === 'unknown') return 'unknown'
    return leaf.phase === 'waiting' || state === 'running' || state === 'unknown' ? 'running' : 'pending'
  })
}
