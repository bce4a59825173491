import { counted, durationWords, type Row } from '../words.ts'
import type { SlicePlan } from './plan.ts'
import type { ProjectorSettings } from './settings.ts'

/** The configuration as a person would say it. */
export function sliceRows(plan: SlicePlan): Row[] {
  const { projector, uses } = plan
  return [
    { setting: 'Commands', value: commandWords(plan) },
    { setting: 'View', value: viewWords(plan) },
    ...(plan.hasPublisher ? [{ setting: 'Publisher', value: 'not written: the projector reads the event store itself' }] : []),
    ...(uses.stored
      ? [
          { setting: 'Checkpoint', value: CHECKPOINT_WORDS[projector.checkpoint] },
          { setting: 'Repeats', value: REPEAT_WORDS[projector.idempotency] },
          { setting: 'On error', value: errorWords(projector) },
          ...(uses.gaps ? [{ setting: 'At a gap', value: uses.skipsGaps ? `waits ${durationWords(projector.gapTimeoutMs)}, then goes on` : 'waits' }] : []),
        ]
      : []),
    { setting: 'Queries', value: queryWords(plan) },
  ]
}

function commandWords({ command, uses }: SlicePlan): string {
  if (command.concurrency === 'last-write-wins') return 'last write wins: who decided from an old state overwrites the newer one'
  if (command.concurrency === 'append-any') return 'appended whatever happened meanwhile'
  return uses.retriesConflicts ? `expected version; decided anew after a conflict, up to ${counted(command.maximumRetries, 'time')}` : 'expected version; a conflict fails'
}

function viewWords({ projector, pollMs, uses }: SlicePlan): string {
  if (!uses.stored) return 'not stored: every read folds its stream'
  if (uses.inline) return 'brought up to date within the command'
  const often = pollMs > 0 ? `looks for events every ${durationWords(pollMs)}` : 'follows the log'
  return `${often}, ${counted(projector.batchSize, 'event')} at a time`
}

const CHECKPOINT_WORDS: Record<ProjectorSettings['checkpoint'], string> = {
  atomic: 'with the view, in one transaction',
  after: 'after the view: a crash in between applies events twice',
  before: 'before the view: a crash in between loses events',
}

const REPEAT_WORDS: Record<ProjectorSettings['idempotency'], string> = {
  none: 'not told apart: an event that comes twice counts twice',
  'version-check': 'known by the version of their row',
  'processed-ids': 'known by their position',
}

function errorWords({ onError, maximumRetries, retryBackoffMs }: ProjectorSettings): string {
  const often = onError === 'retry' ? 'tries again for ever' : maximumRetries > 0 ? `tries again ${counted(maximumRetries, 'time')}` : 'tries no more'
  const then = { stop: ', then stops', retry: '', skip: ', then skips the event', park: ', then parks the event', 'park-sequence': ', then parks the event and all later ones of its stream' }[onError]
  return `${often}${onError === 'retry' || maximumRetries > 0 ? `, ${durationWords(retryBackoffMs)} apart` : ''}${then}`
}

function queryWords({ query, uses }: SlicePlan): string {
  if (uses.waits) return `wait up to ${durationWords(query.waitTimeoutMs)} for what the caller wrote, then ${query.onTimeout === 'stale' ? 'answer with what there is' : 'fail'}`
  if (uses.returnsView) return 'whoever wrote has the new view from the answer to the command'
  return uses.sessions ? 'the same replica for the same session' : 'what the view has'
}
