import { REASON_WORDS, RecordKind } from '../../sim/record.ts'
import type { IsMoment, ObserverSetup } from '../pattern.ts'
import type { SagaConfig } from './config.ts'
import { Entry, entryIsLast, entrySignal } from './entries.ts'
import { leavesByPath } from './keys.ts'

/*
 * What an orchestrator's `note` records say. `a` is {@link packNote}: what, about which step, and the state of the saga's machine
 * afterwards. Each concerns the saga of the record's call.
 *
 * | what | b | c |
 * |---|---|---|
 * | started | 0 | 0 |
 * | intent | number of the attempt to come | 0 |
 * | attempt, query | number of the attempt | 0 |
 * | outcome | the log's entry, see `entries.ts` | reason |
 * | backOff | µs to wait, low 32 bits | and high |
 * | abort, abortRefused | reason: deadline, or refused for a user's cancel | 0 |
 * | crashed, recovered | 0 | 0 |
 * | ended | 0 completed, 1 compensated, 2 parked | reason |
 */
export const Note = {
  started: 0, intent: 1, attempt: 2, query: 3, outcome: 4, backOff: 5, abort: 6, abortRefused: 7, crashed: 8, recovered: 9, ended: 10,
  /** No record: an observer's own note that a participant found nothing to undo. */
  nothing: 11,
} as const

/** How a saga may end; in `ended` notes. */
export const End = { completed: 0, compensated: 1, parked: 2 } as const

const NO_STEP = 31

export function packNote(what: number, step: number, undo: boolean, state: number): number {
  return what | ((step < 0 ? NO_STEP : step) << 4) | (undo ? 1 << 9 : 0) | (state << 10)
}

export interface NoteHead {
  what: number
  /** −1: none in particular. */
  step: number
  undo: boolean
  state: number
}

export function unpackNote(a: number): NoteHead {
  const step = (a >>> 4) & 31
  return { what: a & 15, step: step === NO_STEP ? -1 : step, undo: (a & (1 << 9)) !== 0, state: a >>> 10 }
}

/** A saga turns around: what was noted of a step leads to a compensation, and it was a step's action. Once a saga. */
export function startsToCompensate({ config, node }: ObserverSetup<SagaConfig>): IsMoment {
  const isUndo = [...leavesByPath(config).values()].map(({ undo }) => undo)
  return (words, at) => {
    if (words[at + 2] !== (RecordKind.note | (node << 8))) return false
    const { what, undo, state } = unpackNote(words[at + 5]!)
    return (what === Note.outcome || what === Note.abort) && !undo && isUndo[state] === true
  }
}

const ENDS = ['completed', 'compensated', 'parked'] as const
const OUTCOMES: Readonly<Record<number, string>> = {
  [Entry.success]: 'success', [Entry.failure]: 'failure', [Entry.rejected]: 'rejected', [Entry.unknown]: 'unknown', [Entry.absent]: 'had not happened',
}

/** A note in words, for the trace as text: `charge_customer: rejected (declined) -> undo.release_inventory.running`. */
export function noteText(a: number, b: number, c: number, config: SagaConfig): string {
  const { what, step, undo, state } = unpackNote(a)
  const of = config.steps[step]
  const name = (undo ? of?.compensation?.name : of?.name) ?? 'saga'
  const path = [...leavesByPath(config).keys()][state] ?? '?'
  const why = (reason: number): string => (reason === 0 ? '' : ` (${REASON_WORDS[reason] ?? reason})`)
  switch (what) {
    case Note.started:
      return `saga starts -> ${path}`
    case Note.intent:
      return `log: ${name} is to be sent, attempt ${b}`
    case Note.attempt:
      return `${name}: attempt ${b} -> ${path}`
    case Note.query:
      return `${name}: asked for its status -> ${path}`
    case Note.outcome:
      return `${name}: ${OUTCOMES[entrySignal(b)] ?? b}${why(c)}${entryIsLast(b) ? ', out of time' : ''} -> ${path}`
    case Note.backOff:
      return `${name}: waits ${(c * 0x1_0000_0000 + (b >>> 0)) / 1_000} ms -> ${path}`
    case Note.abort:
      return `aborted at ${name}${why(b)} -> ${path}`
    case Note.abortRefused:
      return `too late to abort${why(b)}, in ${path}`
    case Note.crashed:
      return `forgotten in a crash, in ${path}`
    case Note.recovered:
      return `recovered -> ${path}`
    default:
      return `saga ends: ${ENDS[b] ?? b}${why(c)}`
  }
}
