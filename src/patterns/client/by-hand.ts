/** What people may do to a client by hand. */
export const clientByHand = [
  { label: 'Stop the load', hint: 'No new requests; those under way go on.', signal: { type: 'STOP' } },
  { label: 'Go on', hint: 'Sends requests again.', signal: { type: 'GO' } },
] as const
