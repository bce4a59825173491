import type { RunResult } from '../../../player/run.ts'
import { RecordKind } from '../../../sim/record.ts'
import { decode, type TraceRecord } from '../../../sim/testing/blueprints.ts'
import { Note, noteCode, noteKey } from '../notes.ts'

function notes({ trace }: RunResult): TraceRecord[] {
  return trace.flatMap((words) => decode(words)).filter(({ kind }) => kind === RecordKind.note)
}

/** Versions of every stream in the order they were committed, and all positions in that order. */
export function commits(run: RunResult): { versions: Map<number, number[]>; positions: number[] } {
  const committed = notes(run).filter(({ a }) => noteCode(a) === Note.committed)
  const versions = new Map<number, number[]>()
  for (const { a, c } of committed) versions.set(noteKey(a), [...(versions.get(noteKey(a)) ?? []), c])
  return { versions, positions: committed.map(({ b }) => b) }
}

/** Positions of events by what became of them at least once. */
export function outcomes(run: RunResult): Record<'applied' | 'parked' | 'skipped' | 'passedOver' | 'suppressed', Set<number>> {
  const of = (code: number): Set<number> => new Set(notes(run).filter(({ a }) => noteCode(a) === code).map(({ b }) => b))
  return { applied: of(Note.applied), parked: of(Note.parked), skipped: of(Note.skipped), passedOver: of(Note.passedOver), suppressed: of(Note.suppressed) }
}

/** What the nodes of the folder noted, one line each: `1.25s projector: stores checkpoint 7`. */
export function noteLines(run: RunResult, fromMs = 0, toMs = Infinity): string[] {
  return notes(run)
    .filter(({ timeUs }) => timeUs >= fromMs * 1_000 && timeUs <= toMs * 1_000)
    .map(({ timeUs, node, a, b, c }) => `${(timeUs / 1e6).toFixed(6).padStart(10)}s  ${run.names.nodes[node]!.padEnd(10)} ${run.names.notes[node]?.(a, b, c) ?? ''}`)
}
