import type { Blueprint, BlueprintNode } from '../../model/blueprint.ts'
import { findPattern } from '../../patterns/index.ts'
import type { Source } from '../exporter.ts'
import {
  typicalMs, type CommandSettings, type LogSettings, type ProjectorSettings, type PublisherSettings, type QuerySettings, type ReadModelSettings,
} from './settings.ts'

/** The kinds that make up a slice. */
export const SLICE_KINDS = ['command-handler', 'event-log', 'publisher', 'projector', 'read-model', 'query-handler'] as const
export type SliceKind = (typeof SLICE_KINDS)[number]

/** A slice to be written down: from commands to what is read. */
export interface SlicePlan {
  /** Labels of the drawing and of the view: data, whatever they contain. */
  drawing: string
  link: string | undefined
  view: string
  fileName: string
  command: CommandSettings
  projector: ProjectorSettings
  query: QuerySettings
  /** Between two looks for events; 0: as soon as they are there. */
  pollMs: number
  conflictBackoffMs: number
  /** The drawing has a publisher between log and projector: it is not part of the code. */
  hasPublisher: boolean
  uses: SliceParts
}

/** Which parts a slice needs; everything else is left out of its code. */
export type SliceParts = ReturnType<typeof partsOf>

/** The slice that a node belongs to. Kinds that the drawing does not have are taken as they are by default. */
export function planSlice({ blueprint, node, fileStem, link }: Source): SlicePlan {
  const slice = sliceOf(blueprint, node)
  const command = settingsOf(slice, 'command-handler') as CommandSettings
  const log = settingsOf(slice, 'event-log') as LogSettings
  const projector = settingsOf(slice, 'projector') as ProjectorSettings
  const readModel = settingsOf(slice, 'read-model') as ReadModelSettings
  const query = settingsOf(slice, 'query-handler') as QuerySettings
  const publisher = slice.has('publisher') ? settingsOf(slice, 'publisher') as PublisherSettings : undefined
  const pollMs = publisher?.mode === 'outbox-polling' ? Math.max(publisher.pollIntervalMs, projector.pollIntervalMs) : projector.pollIntervalMs
  const conflictBackoffMs = typicalMs(command.retryBackoff)
  return {
    drawing: blueprint.name,
    link,
    view: slice.get('read-model')?.label ?? 'the view',
    fileName: fileStem ?? 'cqrs',
    command, projector, query, pollMs, conflictBackoffMs,
    hasPublisher: publisher !== undefined,
    uses: partsOf({ command, log, projector, readModel, query, pollMs, conflictBackoffMs }),
  }
}

/** Nodes of the slice by kind: those that hang together with the node over nodes of these kinds. */
export function sliceOf({ nodes, edges }: Blueprint, start: BlueprintNode): ReadonlyMap<string, BlueprintNode> {
  const isKind = (kind: string): boolean => (SLICE_KINDS as readonly string[]).includes(kind)
  const slice = new Map([[start.kind, start]])
  const seen = new Set([start.id])
  const next = [start.id]
  for (let id = next.shift(); id !== undefined; id = next.shift()) {
    for (const { from, to } of edges) {
      const other = from === id ? to : to === id ? from : undefined
      const node = nodes.find((one) => one.id === other)
      if (!node || seen.has(node.id) || !isKind(node.kind)) continue
      seen.add(node.id)
      if (!slice.has(node.kind)) slice.set(node.kind, node)
      next.push(node.id)
    }
  }
  return slice
}

function settingsOf(slice: ReadonlyMap<string, BlueprintNode>, kind: SliceKind): unknown {
  return slice.get(kind)?.config ?? findPattern(kind)?.defaults
}

interface Settings {
  command: CommandSettings
  log: LogSettings
  projector: ProjectorSettings
  readModel: ReadModelSettings
  query: QuerySettings
  pollMs: number
  conflictBackoffMs: number
}

function partsOf({ command, log, projector, readModel, query, pollMs, conflictBackoffMs }: Settings) {
  const stored = projector.lifecycle !== 'live'
  const checksVersion = command.concurrency === 'expected-version'
  const retriesConflicts = checksVersion && command.maximumRetries > 0
  const waits = query.strategy === 'wait-for-version' && stored
  const retriesEvents = stored && (projector.onError === 'retry' || projector.maximumRetries > 0)
  const isInline = projector.lifecycle === 'inline'
  const leavesGaps = log.sequence === 'allocate-then-commit'
  const gaps = stored && !isInline && leavesGaps && projector.gapHandling !== 'ignore'
  const skipsGaps = gaps && projector.gapHandling === 'wait-then-skip'
  const backsOff = retriesConflicts && conflictBackoffMs > 0
  const polls = projector.lifecycle === 'async' && pollMs > 0
  return {
    stored,
    inline: isInline,
    /** Each command handles its own events: what is missing before them comes with its own command, or never. */
    takesOwn: isInline && leavesGaps,
    async: projector.lifecycle === 'async',
    checksVersion,
    retriesConflicts,
    backsOff,
    waits,
    polls,
    gaps,
    skipsGaps,
    retriesEvents,
    parks: stored && (projector.onError === 'park' || projector.onError === 'park-sequence'),
    parksSequences: stored && projector.onError === 'park-sequence',
    stops: stored && projector.onError === 'stop',
    processedIds: stored && projector.idempotency === 'processed-ids',
    returnsView: query.strategy === 'return-from-command',
    sessions: stored && (query.strategy === 'sticky' || (readModel.replicas > 1 && readModel.routing === 'sticky')),
    timers: waits || projector.lifecycle === 'async' || retriesEvents || backsOff,
    time: skipsGaps || waits,
  }
}
