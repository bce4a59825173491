/** What people may do to a projector by hand. */
export const projectorByHand = [
  { label: 'Rebuild', hint: 'Empties the view and reads every event again.', signal: { type: 'REBUILD' } },
  { label: 'Pause', hint: 'Stands still; events pile up.', signal: { type: 'PAUSE' } },
  { label: 'Resume', hint: 'Goes on where it stood.', signal: { type: 'RESUME' } },
  { label: 'Skip the event', hint: 'Goes on without the event it stopped at.', signal: { type: 'SKIP' } },
  { label: 'Try again', hint: 'Handles the event it stopped at once more.', signal: { type: 'RETRY' } },
] as const
