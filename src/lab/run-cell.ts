import { msToUs, usToMs } from '../base/time.ts'
import type { Blueprint } from '../model/blueprint.ts'
import type { Ending } from '../patterns/experiments.ts'
import { findPattern } from '../patterns/index.ts'
import { runBlueprint, type RunResult } from '../player/run.ts'
import { RECORD_WORDS, recordTimeUs } from '../sim/record.ts'

/** The only request of a cell. */
export const ORDER = 1

/** What a cell came to. */
export interface CellResult {
  /** `ok`: over, and every promise kept. `parked`: not whole, and people are told. `unfinished`: it may go on for ever. */
  verdict: 'ok' | 'violated' | 'parked' | 'unfinished'
  ending: Ending
  /** Rules that were broken, each once, with what happened. */
  violations: { invariant: string; why: string }[]
  /** When the last thing happened. */
  lastMs: number
}

/** Runs a cell of a node's fault matrix to its end. */
export function runCell(blueprint: Blueprint, node: string): CellResult {
  return judgeCell(blueprint, node, runBlueprint(blueprint, { keepTrace: true }))
}

/** What a run of a single order says about the node that works on it. */
export function judgeCell(blueprint: Blueprint, node: string, { observers, violations, trace, names }: RunResult): CellResult {
  const kind = blueprint.nodes.find(({ id }) => id === node)?.kind ?? ''
  const endUs = msToUs(blueprint.durationMs)
  const facts = observers.facts(names.nodes.indexOf(node), endUs, ORDER)
  const ending = findPattern(kind)?.experiments?.ending(facts) ?? NOT_BEGUN
  const broken = new Map(violations.map(({ invariant, why }) => [invariant, { invariant, why }]))
  return { verdict: verdictOf(ending, broken.size > 0), ending, violations: [...broken.values()], lastMs: usToMs(lastUs(trace)) }
}

const NOT_BEGUN: Ending = { word: 'not begun', tone: 'warn', needsPeople: false, endedUs: undefined }

function verdictOf({ needsPeople, endedUs }: Ending, isBroken: boolean): CellResult['verdict'] {
  if (isBroken) return 'violated'
  if (needsPeople) return 'parked'
  return endedUs === undefined ? 'unfinished' : 'ok'
}

function lastUs(trace: readonly Int32Array[]): number {
  const words = trace.findLast(({ length }) => length > 0)
  return words ? recordTimeUs(words, words.length - RECORD_WORDS) : 0
}
