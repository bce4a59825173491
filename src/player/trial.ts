import { msToUs, US_PER_MS } from '../base/time.ts'
import type { Blueprint } from '../model/blueprint.ts'
import type { Trial } from '../patterns/pattern.ts'
import { Outcome, RECORD_WORDS, recordElapsedUs, RecordKind } from '../sim/record.ts'
import { runBlueprint } from './run.ts'

/** Runs a checked blueprint to its end and tells what came of it for one of its nodes. */
export function runTrial(blueprint: Blueprint, node: string): Trial {
  const sumUs: number[] = []
  const count: number[] = []
  const onRecords = (words: Int32Array): void => {
    for (let at = 0; at < words.length; at += RECORD_WORDS) {
      const isGood = (words[at + 2]! & 0xff) === RecordKind.reply && (words[at + 6]! & 0xff) <= Outcome.fallback
      if (!isGood) continue
      const callee = words[at + 2]! >>> 8
      sumUs[callee] = (sumUs[callee] ?? 0) + recordElapsedUs(words, at)
      count[callee] = (count[callee] ?? 0) + 1
    }
  }
  const { names, observers } = runBlueprint(blueprint, { keepTrace: false, onRecords })
  const means = names.nodes.flatMap((id, index) => (count[index] === undefined ? [] : [[id, sumUs[index]! / count[index] / US_PER_MS] as const]))
  return { facts: observers.facts(names.nodes.indexOf(node), msToUs(blueprint.durationMs), 0), meanMs: Object.fromEntries(means) }
}
