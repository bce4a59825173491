/** What people may do to an orchestrator by hand. */
export const sagaByHand = [
  { label: 'Cancel all', hint: 'Sagas before their pivot roll back; the others go on.', signal: { type: 'CANCEL', saga: 0 } },
] as const
