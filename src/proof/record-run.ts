import { planSlice, sliceOf, SLICE_KINDS } from '../export/cqrs/plan.ts'
import type { RecordedRun } from '../export/project/index.ts'
import { sagaSettings } from '../export/saga/settings.ts'
import type { Blueprint, BlueprintNode } from '../model/blueprint.ts'
import { runBlueprint } from '../player/run.ts'
import { RECORD_WORDS } from '../sim/record.ts'
import type { TraceNames } from '../trace/text.ts'
import { BreakerReader } from './readers/breaker-reader.ts'
import type { Reader } from './readers/reader.ts'
import { SagaReader } from './readers/saga-reader.ts'
import { SliceReader } from './readers/slice-reader.ts'

/** Runs the blueprint and keeps what happened at each of the nodes that have code. */
export function recordRun(blueprint: Blueprint): RecordedRun {
  return recordNodes(blueprint, firstOfParts(blueprint))
}

/** As {@link recordRun}, at these nodes alone; for a slice one of its nodes is enough. */
export function recordNodes(blueprint: Blueprint, nodes: readonly BlueprintNode[]): RecordedRun {
  const batches: Int32Array[] = []
  const { names } = runBlueprint(blueprint, { keepTrace: false, onRecords: (words) => batches.push(words) })
  const of = <R extends Reader>(isKind: (kind: string) => boolean, create: (node: BlueprintNode) => R): Map<string, R> =>
    new Map(nodes.filter(({ kind }) => isKind(kind)).map((node) => [node.id, create(node)]))
  const breakers = of((kind) => kind === 'circuit-breaker', ({ id }) => new BreakerReader(names.nodes.indexOf(id)))
  const sagas = of((kind) => kind === 'saga', (node) => new SagaReader(names.nodes.indexOf(node.id), names.requestTypes.indexOf('log'), sagaSettings(node)))
  const slices = of(isOfSlice, (node) => sliceReader(blueprint, node, names))
  const readers = [...breakers.values(), ...sagas.values(), ...slices.values()]
  for (const words of batches) {
    for (let at = 0; at < words.length; at += RECORD_WORDS) for (const reader of readers) reader.add(words, at)
  }
  const results = <R, T>(found: ReadonlyMap<string, R>, result: (reader: R) => T): Record<string, T> =>
    Object.fromEntries([...found].map(([id, reader]) => [id, result(reader)]))
  return {
    breakers: results(breakers, ({ events }) => events),
    sagas: results(sagas, (reader) => reader.result()),
    slices: results(slices, (reader) => reader.result()),
  }
}

function isOfSlice(kind: string): boolean {
  return (SLICE_KINDS as readonly string[]).includes(kind)
}

/** The nodes that have a file of their own: of a slice the first in the drawing. */
function firstOfParts(blueprint: Blueprint): BlueprintNode[] {
  const covered = new Set<string>()
  return blueprint.nodes.filter((node) => {
    if (node.bypassed || covered.has(node.id)) return false
    if (isOfSlice(node.kind)) for (const { id } of sliceOf(blueprint, node).values()) covered.add(id)
    return true
  })
}

function sliceReader(blueprint: Blueprint, node: BlueprintNode, names: TraceNames): SliceReader {
  const slice = sliceOf(blueprint, node)
  const indexOf = (kind: string): number => names.nodes.indexOf(slice.get(kind)?.id ?? '')
  const nodes = { log: indexOf('event-log'), commands: indexOf('command-handler'), projector: indexOf('projector'), readModel: indexOf('read-model') }
  const { projector, uses } = planSlice({ blueprint, node })
  return new SliceReader(nodes, { ...projector, hasGaps: uses.gaps, takesOwn: uses.takesOwn })
}
