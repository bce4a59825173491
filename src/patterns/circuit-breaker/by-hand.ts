/** What people may do to a breaker by hand. resilience4j knows no "forced closed": disabled lets everything pass. */
export const breakerByHand = [
  { label: 'Force open', hint: 'Refuses every call until something else is chosen.', signal: { type: 'FORCE', to: 'FORCED_OPEN' } },
  { label: 'Open', hint: 'Opens now; the usual wait and probes follow.', signal: { type: 'FORCE', to: 'OPEN' } },
  { label: 'Close', hint: 'Closes now, with an empty window.', signal: { type: 'FORCE', to: 'CLOSED' } },
  { label: 'Force closed (disable)', hint: 'Lets every call pass and counts nothing.', signal: { type: 'FORCE', to: 'DISABLED' } },
  { label: 'Only measure', hint: 'Counts as ever, and never opens.', signal: { type: 'FORCE', to: 'METRICS_ONLY' } },
  { label: 'Reset', hint: 'Closed, with an empty window, as at the start.', signal: { type: 'RESET' } },
] as const
