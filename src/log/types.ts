import type { Blueprint } from '../model/blueprint.ts'

/** What rows can be chosen by: changes of state, calls and answers, what clients got, work at a node, what went wrong. */
export const LOG_GROUPS = ['changes', 'calls', 'results', 'work', 'trouble'] as const
export type LogGroup = (typeof LOG_GROUPS)[number]

/** Which rows are wanted. */
export interface LogFilter {
  groups: readonly LogGroup[]
  /** A node's id; empty: all. */
  node: string
  /** Words that must all occur; `r87` means everything that happened to request 87. */
  words: string
}

/** Something that happened, ready to be read. */
export interface LogRow {
  /** Place among all of the run's records. */
  index: number
  atUs: number
  node: string
  group: LogGroup
  text: string
  /** Number of the request it happened to; 0: none. */
  request: number
  /** Of messages: the node at the other end, and what became of it. */
  message?: { to: string; fate: 'sent' | 'lost' | 'late' }
}

/** Page to worker. A blueprint opens another run; the other questions are about the one that is open. */
export type ToLog = { ask: number } & (
  | { type: 'open'; blueprint: Blueprint }
  /** Rows from the `from`th that passes on, and which is the last one at or before `atUs`. */
  | { type: 'rows'; filter: LogFilter; from: number; count: number; atUs: number }
  | { type: 'request'; request: number }
)

/** Worker to page. */
export type FromLog = { ask: number } & (
  | { type: 'opened' }
  | { type: 'rows'; total: number; from: number; rows: LogRow[]; here: number; isCut: boolean }
  | { type: 'request'; rows: LogRow[] }
  | { type: 'trouble'; message: string }
)
