import type { RunResult } from '../../../player/run.ts'
import { RECORD_WORDS, RecordKind, recordTimeUs } from '../../../sim/record.ts'
import type { ProjectionFacts } from '../facts.ts'
import { Note, noteCode } from '../notes.ts'

/** A run and what its observer tells of any moment. */
export interface FactsOfRun {
  result: RunResult
  facts: (atMs: number) => ProjectionFacts
  endMs: number
}

/** From commit to the view, of every event that got there, ms, in the order they did. */
export function propagationMs({ trace }: RunResult): number[] {
  const committed = new Map<number, number>()
  const delays: number[] = []
  for (const words of trace) {
    for (let at = 0; at < words.length; at += RECORD_WORDS) {
      if ((words[at + 2]! & 0xff) !== RecordKind.note) continue
      const code = noteCode(words[at + 5]!)
      const position = words[at + 6]!
      if (code === Note.committed) committed.set(position, recordTimeUs(words, at))
      else if (code === Note.applied) delays.push((recordTimeUs(words, at) - committed.get(position)!) / 1_000)
    }
  }
  return delays
}
