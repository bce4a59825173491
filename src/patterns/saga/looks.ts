import { CHECK, CROSS, PAUSE, RING, SAME, type Look } from '../look.ts'
import type { AttemptOutcome, SagaSegment, SagaState, StepState } from './facts.ts'

const PLAY = 'M4 2.4 9.6 6 4 9.6Z'
const BACK = 'M8 2.4 2.4 6 8 9.6Z'
const ASK = 'M4 4.4A2.1 2.1 0 1 1 7 6.2Q6 6.7 6 7.6M6 9.8V10'
const HOOK = 'M4.8 2 2.2 4.6 4.8 7.2M2.4 4.6H7.2A2.5 2.5 0 0 1 7.2 9.6H4.6'
const ALARM = 'M6 1.6 10.8 10.2H1.2ZM6 4.9V7.1M6 8.6V8.7'
const BAN = 'M6 2A4 4 0 1 0 6.01 2ZM3.2 3.2 8.8 8.8'
const DASH = 'M3 6H9'

export const STEP_LOOKS: Readonly<Record<StepState, Look>> = {
  pending: { word: 'pending', tone: 'muted', glyph: RING },
  running: { word: 'running', tone: 'closed', glyph: PLAY },
  succeeded: { word: 'done', tone: 'ok', glyph: CHECK },
  failed: { word: 'failed', tone: 'down', glyph: CROSS },
  unknown: { word: 'unknown', tone: 'warn', glyph: ASK },
  compensating: { word: 'undoing', tone: 'undo', glyph: BACK },
  compensated: { word: 'undone', tone: 'undo', glyph: HOOK },
  null_compensated: { word: 'nothing to undo', tone: 'muted', glyph: SAME },
  compensation_failed: { word: 'undo failed', tone: 'down', glyph: ALARM },
  skipped: { word: 'skipped', tone: 'muted', glyph: DASH },
}

export const SAGA_LOOKS: Readonly<Record<SagaState, Look>> = {
  running: { word: 'running', tone: 'closed', glyph: PLAY },
  compensating: { word: 'compensating', tone: 'undo', glyph: BACK },
  completed: { word: 'completed', tone: 'ok', glyph: CHECK },
  compensated: { word: 'compensated', tone: 'undo', glyph: HOOK },
  parked: { word: 'parked', tone: 'down', glyph: PAUSE },
}

/** What `parked` means, wherever there is room to say it. */
export const PARKED_WORDS = 'parked (rollback incomplete)'

/** How an attempt ended, or that there is no answer yet. */
export function outcomeLook({ outcome, undo }: Pick<SagaSegment, 'outcome' | 'undo'>): Look {
  if (outcome === undefined) return undo ? STEP_LOOKS.compensating : STEP_LOOKS.running
  if (undo && outcome === 'success') return STEP_LOOKS.compensated
  return OUTCOME_LOOKS[outcome]
}

const OUTCOME_LOOKS: Readonly<Record<AttemptOutcome, Look>> = {
  success: { word: 'done', tone: 'ok', glyph: CHECK },
  failure: { word: 'failed', tone: 'down', glyph: CROSS },
  rejected: { word: 'rejected', tone: 'down', glyph: BAN },
  unknown: { word: 'unknown', tone: 'warn', glyph: ASK },
  absent: { word: 'had not happened', tone: 'muted', glyph: RING },
}

const UNDOING: ReadonlySet<StepState> = new Set(['compensating', 'compensated', 'null_compensated', 'compensation_failed'])

/** Whether the state is one of the step's compensation rather than of the step. */
export function isOfUndo(state: StepState): boolean {
  return UNDOING.has(state)
}

/** The steps that can be undone, in the order in which a rollback undoes them: the last first. */
export function unwindOrder<S extends { compensation?: unknown }>(steps: readonly S[]): { step: S; index: number }[] {
  return steps.map((step, index) => ({ step, index })).filter(({ step }) => step.compensation !== undefined).toReversed()
}
