import type { Blueprint, BlueprintNode } from '../model/blueprint.ts'
import type { Ending, PlannedFault, SwitchSettings } from '../patterns/experiments.ts'

/** The only request of a cell. */
export const ORDER = 1

/** What a cell is about: the calls that are struck, or the node itself while it works on them. */
export interface Struck {
  at: PlannedFault['at']
  requestType: string
}

/** What a cell came to. */
export interface CellResult {
  /** `ok`: over, and every promise kept. `parked`: not whole, and people are told. `unfinished`: it may go on for ever. */
  verdict: 'ok' | 'violated' | 'parked' | 'unfinished'
  ending: Ending
  /** Rules that were broken, each once, with what happened. */
  violations: { invariant: string; why: string }[]
  /** When the mishap struck, and when the last thing happened. */
  struckMs: number
  lastMs: number
}

/** A combination of an ablation's switches, with how many schedules were run and how many of them broke a promise. */
export interface AblationRow {
  settings: SwitchSettings
  schedules: number
  violating: number
}

/** One thing that a worker of the lab does, from start to end: a cell of the fault matrix, or a combination of the ablation's switches. */
export type LabJob =
  | { what: 'cell'; blueprint: Blueprint; node: string; struck: Struck }
  | { what: 'combination'; node: BlueprintNode; combination: number }

/** What came of a job, of the same kind. */
export type LabResult = { what: 'cell'; cell: CellResult } | { what: 'combination'; row: AblationRow }

/** Worker to page. */
export type FromLab = { result: LabResult } | { trouble: string }
