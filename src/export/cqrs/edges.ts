import type { SliceEvent, SliceRun } from '../recorded.ts'
import type { SlicePlan } from './plan.ts'

const NONE = { key: 1, version: 0, amount: 0, conflicts: 0 }

/**
 * A run that goes to the edges of a slice's config: as many conflicts, and as many failures, as are put up with; an event that
 * fails amid others, and one that comes after all that.
 */
export function sliceEdges(plan: SlicePlan): SliceRun {
  const { command, projector, uses } = plan
  // So long that all waits in between are over.
  const stepMs = 1_000 + projector.retryBackoffMs + plan.conflictBackoffMs * command.maximumRetries
  const conflicts = uses.retriesConflicts ? command.maximumRetries : 0
  const events: SliceEvent[] = []
  const add = (what: SliceEvent['what'], position: number, part: Partial<SliceEvent> = {}): void => {
    events.push({ ...NONE, atMs: events.length * stepMs, what, position, ...part })
  }
  const appended = (position: number): void => add('appended', position, { version: position, amount: position, conflicts })
  for (const position of [1, 2, 3]) {
    appended(position)
    if (uses.inline) add('applied', position)
  }
  // A checkpoint before the view loses what was handled before an event that stops everything.
  if (uses.async && !(uses.stops && projector.checkpoint === 'before')) {
    // The projector gets all three in one look.
    add('gap', 3)
    add('applied', 1)
    failsAt(2, projector, add)
    add(projector.onError === 'park-sequence' ? 'parked' : 'applied', 3)
    appended(4)
    add(projector.onError === 'park-sequence' ? 'parked' : 'applied', 4)
  }
  return { events, lost: [] }
}

/** The event fails once more than is put up with, and is set aside; where it is tried for ever, it succeeds then. */
function failsAt(position: number, { onError, maximumRetries }: SlicePlan['projector'], add: (what: SliceEvent['what'], position: number) => void): void {
  for (let failure = 0; failure <= maximumRetries; failure += 1) add('failed', position)
  if (onError === 'retry') add('applied', position)
  else add(onError === 'park' || onError === 'park-sequence' ? 'parked' : 'skipped', position)
}
