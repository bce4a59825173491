import { msToUs, usToMs } from '../base/time.ts'
import type { Blueprint } from '../model/blueprint.ts'
import type { Ending } from '../patterns/experiments.ts'
import { findPattern } from '../patterns/index.ts'
import { runBlueprint, type RunResult } from '../player/run.ts'
import { RECORD_WORDS, RecordKind, recordTimeUs } from '../sim/record.ts'
import { ORDER, type CellResult, type Struck } from './types.ts'

/** Runs a cell of a node's fault matrix to its end. */
export function runCell(blueprint: Blueprint, node: string, struck: Struck): CellResult {
  return judgeCell(blueprint, node, struck, runBlueprint(blueprint, { keepTrace: true }))
}

/** What a run of a single order says about the node that works on it. */
export function judgeCell(blueprint: Blueprint, node: string, struck: Struck, result: RunResult): CellResult {
  const kind = blueprint.nodes.find(({ id }) => id === node)?.kind ?? ''
  const facts = result.observers.facts(result.names.nodes.indexOf(node), msToUs(blueprint.durationMs), ORDER)
  const ending = findPattern(kind)?.experiments?.ending(facts) ?? NOT_BEGUN
  const broken = new Map(result.violations.map(({ invariant, why }) => [invariant, { invariant, why }]))
  return {
    verdict: verdictOf(ending, broken.size > 0),
    ending,
    violations: [...broken.values()],
    struckMs: usToMs(struckUs(result, node, struck)),
    lastMs: usToMs(lastUs(result)),
  }
}

const NOT_BEGUN: Ending = { word: 'not begun', tone: 'warn', needsPeople: false, endedUs: undefined }

function verdictOf({ needsPeople, endedUs }: Ending, isBroken: boolean): CellResult['verdict'] {
  if (isBroken) return 'violated'
  if (needsPeople) return 'parked'
  return endedUs === undefined ? 'unfinished' : 'ok'
}

/** When the first of the struck calls was made, or the node was struck down; the end of a run in which neither happened. */
function struckUs(result: RunResult, node: string, { at, requestType }: Struck): number {
  if (at === 'self') return result.transitions.find((transition) => transition.node === node)?.atUs ?? lastUs(result)
  const type = result.names.requestTypes.indexOf(requestType)
  for (const words of result.trace) {
    for (let record = 0; record < words.length; record += RECORD_WORDS) {
      if ((words[record + 2]! & 0xff) === RecordKind.call && words[record + 6] === type) return recordTimeUs(words, record)
    }
  }
  return lastUs(result)
}

function lastUs({ trace }: RunResult): number {
  const words = trace.findLast(({ length }) => length > 0)
  return words ? recordTimeUs(words, words.length - RECORD_WORDS) : 0
}
